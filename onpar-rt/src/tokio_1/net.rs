//! TCP, UDP and the sockets of Unix, by tokio's reactor.
//!
//! A stream, once it is open, may be used by any executor: it is woken by the runtime that it was opened with, as long as that
//! runs. Afterwards its reads and writes give errors.

use core::fmt;
use core::net::SocketAddr;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io;
use std::panic::catch_unwind;

use onpar_core::{Connect, Datagram, DatagramSocket, Listen, Listener};
use tokio::io::ReadBuf;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::runtime::Handle;

use super::{FromTokio, NoRuntime, Tokio};

/// Opens a stream, a listener or a socket. Made by [`Tokio`]; it may be polled anywhere.
///
/// It costs one allocation.
///
/// # Cancel safety
///
/// Dropping it gives the attempt up; nothing is left open.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Opening<T> {
    handle: Handle,
    opening: Pin<Box<dyn Future<Output = io::Result<T>> + Send>>,
}

impl<T> Opening<T> {
    pub(super) fn new(handle: &Handle, opening: impl Future<Output = io::Result<T>> + Send + 'static) -> Self {
        Self { handle: handle.clone(), opening: Box::pin(opening) }
    }
}

impl<T> Future for Opening<T> {
    type Output = io::Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { handle, opening } = &mut *self;
        let _entered = handle.enter();
        // Tokio has no other way to say that its runtime was built without a reactor.
        catch_unwind(AssertUnwindSafe(|| opening.as_mut().poll(cx)))
            .unwrap_or_else(|_panic| Poll::Ready(Err(io::Error::new(io::ErrorKind::Unsupported, NoRuntime::NoReactor))))
    }
}

impl<T> fmt::Debug for Opening<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opening").finish_non_exhaustive()
    }
}

/// Waits for streams of TCP, or of Unix: a listener of tokio's.
///
/// # Examples
///
/// ```
/// use onpar_core::{Connect, Listen, Listener};
/// use onpar_rt::tokio_1::{Accepting, Tokio};
/// use tokio::net::TcpListener;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let rt = Tokio::current()?;
/// let here = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
/// let mut listener: Accepting<TcpListener> = rt.listen(&here).await?;
/// let near = rt.connect(&listener.local_addr()?).await?;
/// let (far, peer) = listener.accept().await?;
/// assert_eq!(near.get_ref().local_addr()?, peer);
/// assert_eq!(far.get_ref().peer_addr()?, peer);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Accepting<L> {
    handle: Handle,
    listener: L,
}

impl<L> Accepting<L> {
    pub(super) const fn new(handle: Handle, listener: L) -> Self {
        Self { handle, listener }
    }

    /// Tokio's listener, for what this crate does not name.
    pub const fn get_ref(&self) -> &L {
        &self.listener
    }

    /// Tokio's listener.
    pub fn into_inner(self) -> L {
        self.listener
    }

    /// Calls `accept` in the runtime: tokio's reactor takes the new stream in.
    pub(super) fn entered<T>(&self, accept: impl FnOnce(&L) -> T) -> T {
        let _entered = self.handle.enter();
        accept(&self.listener)
    }
}

impl Connect for Tokio {
    type Io = FromTokio<TcpStream>;
    type Error = io::Error;
    type Connecting = Opening<Self::Io>;

    fn connect(&self, address: &SocketAddr) -> Self::Connecting {
        let address = *address;
        Opening::new(self.handle(), async move {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            Ok(FromTokio::new(stream))
        })
    }
}

impl Listen for Tokio {
    type Listener = Accepting<TcpListener>;
    type Error = io::Error;
    type Listening = Opening<Self::Listener>;

    fn listen(&self, address: &SocketAddr) -> Self::Listening {
        let (address, handle) = (*address, self.handle().clone());
        Opening::new(self.handle(), async move { Ok(Accepting::new(handle, TcpListener::bind(address).await?)) })
    }
}

impl Listener for Accepting<TcpListener> {
    type Io = FromTokio<TcpStream>;
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<(Self::Io, SocketAddr)>> {
        let (stream, peer) = ready!(self.entered(|listener| listener.poll_accept(cx)))?;
        // It fails if the stream has been reset meanwhile, which its first read will tell.
        let _reset = stream.set_nodelay(true);
        Poll::Ready(Ok((FromTokio::new(stream), peer)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A UDP socket of tokio's.
///
/// # Examples
///
/// ```
/// use onpar_core::{Datagram, DatagramSocket};
/// use onpar_rt::tokio_1::{Packets, Tokio};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let rt = Tokio::current()?;
/// let socket: Packets = rt.bind_datagram(&([127, 0, 0, 1], 0).into()).await?;
/// let own = socket.local_addr()?;
/// socket.send_to(b"hello", &own).await?;
/// let mut packet = [0; 16];
/// assert_eq!(socket.recv_from(&mut packet).await?, (5, own));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Packets {
    socket: UdpSocket,
}

impl Packets {
    /// Tokio's socket, for what this crate does not name.
    pub const fn get_ref(&self) -> &UdpSocket {
        &self.socket
    }

    /// Tokio's socket.
    pub fn into_inner(self) -> UdpSocket {
        self.socket
    }
}

impl From<UdpSocket> for Packets {
    fn from(socket: UdpSocket) -> Self {
        Self { socket }
    }
}

impl Datagram for Tokio {
    type Socket = Packets;
    type Error = io::Error;
    type Binding = Opening<Packets>;

    fn bind_datagram(&self, address: &SocketAddr) -> Self::Binding {
        let address = *address;
        Opening::new(self.handle(), async move { Ok(UdpSocket::bind(address).await?.into()) })
    }
}

impl DatagramSocket for Packets {
    type Address = SocketAddr;
    type Error = io::Error;

    fn poll_send_to(&self, cx: &mut Context<'_>, packet: &[u8], to: &SocketAddr) -> Poll<io::Result<usize>> {
        self.socket.poll_send_to(cx, packet, *to)
    }

    fn poll_recv_from(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<(usize, SocketAddr)>> {
        let mut buffer = ReadBuf::new(buffer);
        let from = ready!(self.socket.poll_recv_from(cx, &mut buffer))?;
        Poll::Ready(Ok((buffer.filled().len(), from)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}
