//! [`Accepting`]: waits for streams, of TCP or of Unix.

use core::future::{Ready, ready};
use core::net::SocketAddr;
use core::task::{Context, Poll, ready};
use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use onpar_core::{Listen, Listener};
use polling::{AsRawSource, AsSource};

use super::Stream;
use super::registered::Registered;
use crate::local::Local;
use crate::local::shared::Shared;

/// Waits for streams: of TCP if `T` is [`std::net::TcpListener`], or of Unix.
///
/// # Examples
///
/// ```
/// use std::net::{SocketAddr, TcpListener};
/// use onpar_core::{Listen, Listener};
/// use onpar_rt::local::{self, Accepting};
///
/// local::run(async |rt| {
///     let listener: Accepting<TcpListener> = rt.listen(&SocketAddr::from(([127, 0, 0, 1], 0))).await?;
///     assert_ne!(listener.local_addr()?.port(), 0);
///     std::io::Result::Ok(())
/// })
/// .unwrap();
/// ```
#[derive(Debug)]
pub struct Accepting<T: AsSource> {
    listener: Registered<T>,
}

impl<T: AsSource> Accepting<T> {
    pub(super) fn new(shared: &Arc<Shared>, listener: T) -> io::Result<Self>
    where
        for<'a> &'a T: AsRawSource,
    {
        Ok(Self { listener: Registered::new(Arc::clone(shared), listener)? })
    }

    /// The listener of std, for what this crate does not name. It does not block.
    pub const fn get_ref(&self) -> &T {
        self.listener.socket()
    }

    /// The next stream, and who opened it.
    pub(super) fn poll<S, A>(
        &self,
        cx: &mut Context<'_>,
        accept: impl FnMut(&T) -> io::Result<(S, A)>,
    ) -> Poll<io::Result<(S, A, Arc<Shared>)>> {
        let (stream, peer) = ready!(self.listener.poll_read(cx, accept))?;
        Poll::Ready(Ok((stream, peer, Arc::clone(self.listener.shared()))))
    }
}

impl Listen for Local {
    type Listener = Accepting<TcpListener>;
    type Error = io::Error;
    type Listening = Ready<io::Result<Self::Listener>>;

    fn listen(&self, address: &SocketAddr) -> Self::Listening {
        let listen = || {
            let listener = TcpListener::bind(address)?;
            listener.set_nonblocking(true)?;
            Accepting::new(self.shared(), listener)
        };
        ready(listen())
    }
}

impl Listener for Accepting<TcpListener> {
    type Io = Stream<TcpStream>;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Self::Io, SocketAddr)>> {
        let (stream, peer, shared) = ready!(self.poll(cx, TcpListener::accept))?;
        stream.set_nonblocking(true)?;
        // It fails if the stream has been reset meanwhile, which its first read will tell.
        let _reset = stream.set_nodelay(true);
        Poll::Ready(Ok((Stream::tcp(shared, stream)?, peer)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get_ref().local_addr()
    }
}
