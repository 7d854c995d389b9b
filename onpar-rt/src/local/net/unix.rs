//! The sockets of Unix.

use core::future::{Ready, ready};
use core::task::{Context, Poll, ready};
use std::io;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;

use onpar_core::{Connect, Listen, Listener};
use socket2::{Domain, SockAddr};

use super::{Accepting, Connecting, Stream};
use crate::local::Local;

impl Connect<Path> for Local {
    type Io = Stream<UnixStream>;
    type Error = io::Error;
    type Connecting = Connecting<UnixStream>;

    fn connect(&self, path: &Path) -> Self::Connecting {
        Connecting::new(Arc::clone(self.shared()), Domain::UNIX, SockAddr::unix(path))
    }
}

impl Listen<Path> for Local {
    type Listener = Accepting<UnixListener>;
    type Error = io::Error;
    type Listening = Ready<io::Result<Self::Listener>>;

    fn listen(&self, path: &Path) -> Self::Listening {
        let listen = || {
            let listener = UnixListener::bind(path)?;
            listener.set_nonblocking(true)?;
            Accepting::new(self.shared(), listener)
        };
        ready(listen())
    }
}

impl Listener for Accepting<UnixListener> {
    type Io = Stream<UnixStream>;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Self::Io, SocketAddr)>> {
        let (stream, peer, shared) = ready!(self.poll(cx, UnixListener::accept))?;
        stream.set_nonblocking(true)?;
        Poll::Ready(Ok((Stream::new(shared, stream)?, peer)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get_ref().local_addr()
    }
}
