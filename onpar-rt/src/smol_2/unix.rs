//! The sockets of Unix, by smol's reactor.

use core::task::{Context, Poll, ready};
use std::io;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::Path;

use onpar_core::{Connect, Listen, Listener};
use smol::Async;

use super::Smol;
use super::net::{Accepting, Opening};
use super::stream::{Stream, when_readable};

impl Connect<Path> for Smol {
    type Io = Stream<UnixStream>;
    type Error = io::Error;
    type Connecting = Opening<Self::Io>;

    fn connect(&self, path: &Path) -> Self::Connecting {
        let path = path.to_owned();
        Opening::new(async move { Ok(Async::<UnixStream>::connect(path).await?.into()) })
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
    type Io = Stream<UnixStream>;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Self::Io, SocketAddr)>> {
        let (stream, peer) = ready!(when_readable(self.get_ref(), cx, UnixListener::accept))?;
        Poll::Ready(Ok((Async::try_from(stream)?.into(), peer)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get_ref().get_ref().local_addr()
    }
}
