//! The sockets of Unix.

use core::task::{Context, Poll};
use std::io;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::Path;

use onpar_core::{Connect, Listen, Listener};
use socket2::{Domain, SockAddr};

use super::{Accepting, Compio, Opening, Stream};

impl Connect<Path> for Compio {
    type Io = Stream<UnixStream>;
    type Error = io::Error;
    type Connecting = Opening<Stream<UnixStream>>;

    fn connect(&self, path: &Path) -> Self::Connecting {
        Opening::stream(self.runtime().clone(), Domain::UNIX, SockAddr::unix(path))
    }
}

impl Listen<Path> for Compio {
    type Listener = Accepting<UnixListener>;
    type Error = io::Error;
    type Listening = Opening<Self::Listener>;

    fn listen(&self, path: &Path) -> Self::Listening {
        let (runtime, path) = (self.runtime().clone(), path.to_owned());
        Opening::new(async move {
            let listener = UnixListener::bind(path)?;
            listener.set_nonblocking(true)?;
            Accepting::new(runtime, listener)
        })
    }
}

impl Listener for Accepting<UnixListener> {
    type Io = Stream<UnixStream>;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Self::Io, SocketAddr)>> {
        self.poll_with(cx, UnixListener::accept)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get_ref().local_addr()
    }
}
