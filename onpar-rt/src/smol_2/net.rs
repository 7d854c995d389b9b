//! TCP, UDP and the sockets of Unix, by smol's reactor.

use core::fmt;
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io;
use std::net::{TcpListener, TcpStream, UdpSocket};

use onpar_core::{Connect, Datagram, DatagramSocket, Listen, Listener};
use smol::Async;

use super::Smol;
use super::stream::{Stream, when_readable, when_writable};

/// Opens a stream, a listener or a socket. Made by [`Smol`].
///
/// It costs one allocation.
///
/// # Cancel safety
///
/// Dropping it gives the attempt up; nothing is left open.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Opening<T> {
    opening: Pin<Box<dyn Future<Output = io::Result<T>> + Send>>,
}

impl<T> Opening<T> {
    pub(super) fn new(opening: impl Future<Output = io::Result<T>> + Send + 'static) -> Self {
        Self { opening: Box::pin(opening) }
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
/// use onpar_rt::smol_2::{self, Accepting};
///
/// smol_2::run(async |rt| {
///     let here = SocketAddr::from(([127, 0, 0, 1], 0));
///     let mut listener: Accepting<TcpListener> = rt.listen(&here).await?;
///     let near = rt.connect(&listener.local_addr()?).await?;
///     let (_far, peer) = listener.accept().await?;
///     assert_eq!(near.get_ref().get_ref().local_addr()?, peer);
///     std::io::Result::Ok(())
/// })
/// .unwrap();
/// ```
#[derive(Debug)]
pub struct Accepting<L> {
    listener: Async<L>,
}

impl<L> Accepting<L> {
    /// The listener, for what this crate does not name.
    pub const fn get_ref(&self) -> &Async<L> {
        &self.listener
    }
}

impl<L> From<Async<L>> for Accepting<L> {
    fn from(listener: Async<L>) -> Self {
        Self { listener }
    }
}

impl Connect for Smol {
    type Io = Stream<TcpStream>;
    type Error = io::Error;
    type Connecting = Opening<Self::Io>;

    fn connect(&self, address: &SocketAddr) -> Self::Connecting {
        let address = *address;
        Opening::new(async move {
            let stream = Async::<TcpStream>::connect(address).await?;
            stream.get_ref().set_nodelay(true)?;
            Ok(stream.into())
        })
    }
}

impl Listen for Smol {
    type Listener = Accepting<TcpListener>;
    type Error = io::Error;
    type Listening = Opening<Self::Listener>;

    fn listen(&self, address: &SocketAddr) -> Self::Listening {
        let address = *address;
        Opening::new(async move { Ok(Async::<TcpListener>::bind(address)?.into()) })
    }
}

impl Listener for Accepting<TcpListener> {
    type Io = Stream<TcpStream>;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Self::Io, SocketAddr)>> {
        let (stream, peer) = ready!(when_readable(&self.listener, cx, TcpListener::accept))?;
        // It fails if the stream has been reset meanwhile, which its first read will tell.
        let _reset = stream.set_nodelay(true);
        Poll::Ready(Ok((Async::try_from(stream)?.into(), peer)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.get_ref().local_addr()
    }
}

/// A UDP socket.
///
/// # Examples
///
/// ```
/// use std::net::SocketAddr;
/// use onpar_core::{Datagram, DatagramSocket};
/// use onpar_rt::smol_2::{self, Packets};
///
/// smol_2::run(async |rt| {
///     let socket: Packets = rt.bind_datagram(&SocketAddr::from(([127, 0, 0, 1], 0))).await?;
///     let own = socket.local_addr()?;
///     socket.send_to(b"hello", &own).await?;
///     assert_eq!(socket.recv_from(&mut [0; 16]).await?, (5, own));
///     std::io::Result::Ok(())
/// })
/// .unwrap();
/// ```
#[derive(Debug)]
pub struct Packets {
    socket: Async<UdpSocket>,
}

impl Packets {
    /// The socket, for what this crate does not name.
    pub const fn get_ref(&self) -> &Async<UdpSocket> {
        &self.socket
    }
}

impl Datagram for Smol {
    type Socket = Packets;
    type Error = io::Error;
    type Binding = Opening<Packets>;

    fn bind_datagram(&self, address: &SocketAddr) -> Self::Binding {
        let address = *address;
        Opening::new(async move { Ok(Packets { socket: Async::<UdpSocket>::bind(address)? }) })
    }
}

impl DatagramSocket for Packets {
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_send_to(&self, cx: &mut Context<'_>, packet: &[u8], to: &SocketAddr) -> Poll<io::Result<usize>> {
        when_writable(&self.socket, cx, |socket| socket.send_to(packet, to))
    }

    fn poll_recv_from(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<(usize, SocketAddr)>> {
        when_readable(&self.socket, cx, |socket| socket.recv_from(buffer))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.get_ref().local_addr()
    }
}
