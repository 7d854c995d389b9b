//! The sockets of Unix, by tokio's reactor.

use core::task::{Context, Poll, ready};
use std::io;
use std::os::unix::net::SocketAddr;
use std::path::Path;

use onpar_core::{Connect, Listen, Listener};
use tokio::net::{UnixListener, UnixStream};

use super::net::{Accepting, Opening};
use super::{FromTokio, Tokio};

impl Connect<Path> for Tokio {
    type Io = FromTokio<UnixStream>;
    type Error = io::Error;
    type Connecting = Opening<Self::Io>;

    fn connect(&self, path: &Path) -> Self::Connecting {
        let path = path.to_owned();
        Opening::new(self.handle(), async move { Ok(FromTokio::new(UnixStream::connect(path).await?)) })
    }
}

impl Listen<Path> for Tokio {
    type Listener = Accepting<UnixListener>;
    type Error = io::Error;
    type Listening = Opening<Self::Listener>;

    fn listen(&self, path: &Path) -> Self::Listening {
        let (path, handle) = (path.to_owned(), self.handle().clone());
        Opening::new(self.handle(), async move { Ok(Accepting::new(handle, UnixListener::bind(path)?)) })
    }
}

impl Listener for Accepting<UnixListener> {
    type Io = FromTokio<UnixStream>;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Self::Io, SocketAddr)>> {
        let (stream, peer) = ready!(self.entered(|listener| listener.poll_accept(cx)))?;
        Poll::Ready(Ok((FromTokio::new(stream), peer.into())))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get_ref().local_addr().map(Into::into)
    }
}
