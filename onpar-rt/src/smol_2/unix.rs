//! The sockets of Unix, by smol's reactor.

use core::task::{Context, Poll, ready};
use std::io;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::path::Path;

use onpar_core::{Connect, Listen, Listener};
use smol::Async;
use smol::net::unix::UnixStream;

use super::Smol;
use super::net::{Accepting, Opening, when_readable};

impl Connect<Path> for Smol {
    type Io = UnixStream;
    type Error = io::Error;
    type Connecting = Opening<UnixStream>;

    fn connect(&self, path: &Path) -> Self::Connecting {
        let path = path.to_owned();
        Opening::new(async move { UnixStream::connect(path).await })
    }
}

impl Listen<Path> for Smol {
    type Listener = Accepting<UnixListener>;
    type Error = io::Error;
    type Listening = Opening<Self::Listener>;

    fn listen(&self, path: &Path) -> Self::Listening {
        let path = path.to_owned();
        Opening::new(async move { Ok(Async::<UnixListener>::bind(path)?.into()) })
    }
}

impl Listener for Accepting<UnixListener> {
    type Io = UnixStream;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(UnixStream, SocketAddr)>> {
        let (stream, peer) = ready!(when_readable(self.get_ref(), cx, UnixListener::accept))?;
        Poll::Ready(Ok((stream.try_into()?, peer)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get_ref().get_ref().local_addr()
    }
}
