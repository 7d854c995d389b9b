//! TCP: streams that are opened, and streams that others open. [`Opening`] and [`Accepting`] serve the sockets of Unix too.

use core::fmt;
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io;
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsFd;

use compio::runtime::Runtime;
use onpar_core::{Connect, Listen, Listener};
use socket2::{Domain, SockAddr, SockRef, Socket, Type};

use super::{Compio, Stream};

/// Opens a stream, a listener or a socket. Made by [`Compio`].
///
/// It costs one allocation.
///
/// # Cancel safety
///
/// Dropping it gives the attempt up; nothing is left open.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Opening<T> {
    opening: Pin<Box<dyn Future<Output = io::Result<T>>>>,
}

impl<T> Opening<T> {
    pub(super) fn new(opening: impl Future<Output = io::Result<T>> + 'static) -> Self {
        Self { opening: Box::pin(opening) }
    }
}

impl<T: AsFd + From<Socket> + 'static> Opening<Stream<T>> {
    pub(super) fn stream(runtime: Runtime, domain: Domain, address: io::Result<SockAddr>) -> Self {
        Self::new(async move {
            let address = address?;
            let socket = Socket::new(domain, Type::STREAM, None)?;
            socket.set_nonblocking(true)?;
            if domain != Domain::UNIX {
                socket.set_tcp_nodelay(true)?;
            }
            match socket.connect(&address) {
                Ok(()) => {}
                Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) => {}
                Err(error) => return Err(error),
            }
            let stream = Stream::new(runtime, T::from(socket))?;
            core::future::poll_fn(|cx| stream.within(|fd| fd.poll_connect_ready(cx))).await?;
            match SockRef::from(stream.get_ref()).take_error()? {
                Some(error) => Err(error),
                None => Ok(stream),
            }
        })
    }
}

impl<T> Future for Opening<T> {
    type Output = io::Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.opening.as_mut().poll(cx)
    }
}

impl<T> fmt::Debug for Opening<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opening").finish_non_exhaustive()
    }
}

/// Waits for streams of TCP, or of Unix.
///
/// # Examples
///
/// ```
/// use std::net::{SocketAddr, TcpListener};
/// use onpar_core::{Connect, Listen, Listener};
/// use onpar_rt::compio_0_19::{self, Accepting};
///
/// compio_0_19::run(async |rt| {
///     let here = SocketAddr::from(([127, 0, 0, 1], 0));
///     let mut listener: Accepting<TcpListener> = rt.listen(&here).await?;
///     let near = rt.connect(&listener.local_addr()?).await?;
///     let (_far, peer) = listener.accept().await?;
///     assert_eq!(near.get_ref().local_addr()?, peer);
///     std::io::Result::Ok(())
/// })
/// .unwrap();
/// ```
pub struct Accepting<L: AsFd> {
    listener: Stream<L>,
    runtime: Runtime,
}

impl<L: AsFd + 'static> Accepting<L> {
    /// It must not block.
    pub(super) fn new(runtime: Runtime, listener: L) -> io::Result<Self> {
        Ok(Self { listener: Stream::new(runtime.clone(), listener)?, runtime })
    }

    /// The listener of std, for what this crate does not name. It does not block.
    pub fn get_ref(&self) -> &L {
        self.listener.get_ref()
    }

    /// What `accept` of std gives, when there is one.
    pub(super) fn poll_with<T, A>(
        &self,
        cx: &mut Context<'_>,
        accept: impl FnMut(&L) -> io::Result<(T, A)>,
    ) -> Poll<io::Result<(Stream<T>, A)>>
    where
        T: AsFd + 'static,
        for<'a> SockRef<'a>: From<&'a T>,
    {
        let (stream, peer) = ready!(self.listener.within(|fd| fd.poll_accept_with(cx, accept)))?;
        SockRef::from(&stream).set_nonblocking(true)?;
        Poll::Ready(Ok((Stream::new(self.runtime.clone(), stream)?, peer)))
    }
}

impl<L: AsFd + fmt::Debug> fmt::Debug for Accepting<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accepting").field("listener", &self.listener).finish_non_exhaustive()
    }
}

impl Connect for Compio {
    type Io = Stream<TcpStream>;
    type Error = io::Error;
    type Connecting = Opening<Stream<TcpStream>>;

    fn connect(&self, address: &SocketAddr) -> Self::Connecting {
        Opening::stream(self.runtime().clone(), Domain::for_address(*address), Ok((*address).into()))
    }
}

impl Listen for Compio {
    type Listener = Accepting<TcpListener>;
    type Error = io::Error;
    type Listening = Opening<Self::Listener>;

    fn listen(&self, address: &SocketAddr) -> Self::Listening {
        let (runtime, address) = (self.runtime().clone(), *address);
        Opening::new(async move {
            let listener = TcpListener::bind(address)?;
            listener.set_nonblocking(true)?;
            Accepting::new(runtime, listener)
        })
    }
}

impl Listener for Accepting<TcpListener> {
    type Io = Stream<TcpStream>;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Self::Io, SocketAddr)>> {
        let (stream, peer) = ready!(self.poll_with(cx, TcpListener::accept))?;
        // It fails if the stream has been reset meanwhile, which its first read will tell.
        let _reset = stream.get_ref().set_nodelay(true);
        Poll::Ready(Ok((stream, peer)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.get_ref().local_addr()
    }
}
