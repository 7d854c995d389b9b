//! [`Datagram`] and [`DatagramSocket`]: packets, as a value.

use core::fmt;
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll};

/// Opens sockets for packets: `Datagram` alone means UDP.
///
/// # For implementers
///
/// * An address in use is an error of the future. Port 0 takes a free port, which
///   [`local_addr`](DatagramSocket::local_addr) tells.
/// * No call panics.
///
/// # Examples
///
/// ```
/// use std::net::SocketAddr;
/// use onpar_core::{Datagram, DatagramSocket};
///
/// async fn ask<D>(runtime: &D, server: SocketAddr) -> Result<usize, D::Error>
/// where
///     D: Datagram<Socket: DatagramSocket<Address = SocketAddr>>,
/// {
///     let socket = runtime.bind_datagram(&([127, 0, 0, 1], 0).into()).await?;
///     socket.send_to(b"how do you do?", &server).await?;
///     let mut answer = [0; 1500];
///     let (length, _from) = socket.recv_from(&mut answer).await?;
///     Ok(length)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no sockets for packets at a `{A}`",
    label = "this opens a socket, and takes a value that implements `Datagram<{A}>`",
    note = "the runtimes that have UDP: `local` (feature `local-net`), `tokio_1`, `smol_2`, `compio_0_19` and `main_loop` of \
            `onpar::rt`"
)]
pub trait Datagram<A: ?Sized = SocketAddr>: Clone {
    /// An open socket.
    type Socket: DatagramSocket<Error = Self::Error>;
    /// What can go wrong.
    type Error;
    /// The future of a socket.
    ///
    /// # Cancel safety
    ///
    /// Dropping it gives the attempt up; nothing is left open.
    type Binding: Future<Output = Result<Self::Socket, Self::Error>>;

    /// Opens a socket at `address`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the attempt up; nothing is left open.
    fn bind_datagram(&self, address: &A) -> Self::Binding;
}

/// A socket for packets: what is sent arrives whole, later than something that was sent after it, twice, or not at all.
///
/// All methods take `&self`, so that one task may send while another receives. For each of the two, one task waits at a
/// time: the one that polled last is woken.
///
/// # Examples
///
/// ```
/// use onpar_core::DatagramSocket;
///
/// async fn echo<S: DatagramSocket>(socket: &S) -> Result<(), S::Error> {
///     let mut packet = [0; 1500];
///     loop {
///         let (length, from) = socket.recv_from(&mut packet).await?;
///         socket.send_to(&packet[..length], &from).await?;
///     }
/// }
/// ```
pub trait DatagramSocket {
    /// Where packets come from and go to.
    type Address;
    /// What can go wrong.
    type Error;

    /// Sends a packet; gives the number of bytes that were sent.
    fn poll_send_to(&self, cx: &mut Context<'_>, packet: &[u8], to: &Self::Address)
    -> Poll<Result<usize, Self::Error>>;

    /// Receives a packet into `buffer`, and says from whom. What does not fit is lost.
    fn poll_recv_from(
        &self,
        cx: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<Result<(usize, Self::Address), Self::Error>>;

    /// The address that the socket is bound to.
    ///
    /// # Errors
    ///
    /// Whatever the operating system says.
    fn local_addr(&self) -> Result<Self::Address, Self::Error>;

    /// Sends a packet; gives the number of bytes that were sent.
    ///
    /// # Cancel safety
    ///
    /// A future that is dropped before it has ended has sent nothing.
    fn send_to<'a>(&'a self, packet: &'a [u8], to: &'a Self::Address) -> SendTo<'a, Self>
    where
        Self: Sized,
    {
        SendTo { socket: self, packet, to }
    }

    /// Receives a packet into `buffer`, and says from whom. What does not fit is lost.
    ///
    /// # Cancel safety
    ///
    /// A future that is dropped before it has ended has received nothing.
    fn recv_from<'a>(&'a self, buffer: &'a mut [u8]) -> RecvFrom<'a, Self>
    where
        Self: Sized,
    {
        RecvFrom { socket: self, buffer }
    }
}

/// Sends a packet. Made by [`DatagramSocket::send_to`].
///
/// # Cancel safety
///
/// Dropped before it has ended, it has sent nothing.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct SendTo<'a, S: DatagramSocket> {
    socket: &'a S,
    packet: &'a [u8],
    to: &'a S::Address,
}

impl<S: DatagramSocket> Future for SendTo<'_, S> {
    type Output = Result<usize, S::Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.socket.poll_send_to(cx, self.packet, self.to)
    }
}

impl<S: DatagramSocket> fmt::Debug for SendTo<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendTo").field("length", &self.packet.len()).finish_non_exhaustive()
    }
}

/// Receives a packet. Made by [`DatagramSocket::recv_from`].
///
/// # Cancel safety
///
/// Dropped before it has ended, it has received nothing.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct RecvFrom<'a, S> {
    socket: &'a S,
    buffer: &'a mut [u8],
}

impl<S: DatagramSocket> Future for RecvFrom<'_, S> {
    type Output = Result<(usize, S::Address), S::Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { socket, buffer } = &mut *self;
        socket.poll_recv_from(cx, buffer)
    }
}

impl<S> fmt::Debug for RecvFrom<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecvFrom").field("room", &self.buffer.len()).finish_non_exhaustive()
    }
}

impl<D, A> Datagram<A> for &D
where
    D: Datagram<A>,
    A: ?Sized,
{
    type Socket = D::Socket;
    type Error = D::Error;
    type Binding = D::Binding;

    fn bind_datagram(&self, address: &A) -> Self::Binding {
        D::bind_datagram(self, address)
    }
}

macro_rules! socket_behind {
    ($Pointer:ty) => {
        impl<S: DatagramSocket + ?Sized> DatagramSocket for $Pointer {
            type Address = S::Address;
            type Error = S::Error;

            fn poll_send_to(
                &self,
                cx: &mut Context<'_>,
                packet: &[u8],
                to: &S::Address,
            ) -> Poll<Result<usize, S::Error>> {
                (**self).poll_send_to(cx, packet, to)
            }

            fn poll_recv_from(
                &self,
                cx: &mut Context<'_>,
                buffer: &mut [u8],
            ) -> Poll<Result<(usize, S::Address), S::Error>> {
                (**self).poll_recv_from(cx, buffer)
            }

            fn local_addr(&self) -> Result<S::Address, S::Error> {
                (**self).local_addr()
            }
        }
    };
}

socket_behind!(&S);
#[cfg(feature = "alloc")]
socket_behind!(alloc::boxed::Box<S>);
#[cfg(feature = "alloc")]
socket_behind!(alloc::sync::Arc<S>);
