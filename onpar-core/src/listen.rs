//! [`Listen`] and [`Listener`]: streams of bytes that somebody else opens.

use core::fmt;
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll};

/// Waits at an address for streams that others open: `Listen` alone means TCP, `Listen<Path>` the sockets of Unix.
///
/// What it says of reading and writing, and of implementing it, stands at [`Connect`](crate::Connect).
///
/// # For implementers
///
/// * An address in use is an error of the future, not a panic. Port 0 takes a free port, which
///   [`local_addr`](Listener::local_addr) tells.
/// * The port of a server that has just ended may be listened at again (`SO_REUSEADDR` on Unix).
///
/// # Examples
///
/// ```
/// use std::net::SocketAddr;
/// use futures::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
/// use onpar_core::{Listen, Listener};
///
/// /// Sends one caller's words back.
/// async fn echo<L, Io>(runtime: &L, address: SocketAddr) -> std::io::Result<()>
/// where
///     L: Listen<Error = std::io::Error, Listener: Listener<Io = Io>>,
///     Io: AsyncRead + AsyncWrite + Unpin,
/// {
///     let mut listener = runtime.listen(&address).await?;
///     let (mut stream, _peer) = listener.accept().await?;
///     let mut words = Vec::new();
///     stream.read_to_end(&mut words).await?;
///     stream.write_all(&words).await?;
///     stream.close().await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot listen at a `{A}`",
    label = "this waits for streams, and takes a value that implements `Listen<{A}>`",
    note = "the runtimes that listen at a `SocketAddr` by TCP: `local` (feature `local-net`), `tokio_1`, `smol_2`, `compio_0_19` and \
            `main_loop` of `onpar::rt`",
    note = "at a `Path`, by the sockets of Unix: `local`, `tokio_1`, `smol_2`, `compio_0_19` and `main_loop`, on Unix"
)]
pub trait Listen<A: ?Sized = SocketAddr>: Clone {
    /// Where streams come in.
    type Listener: Listener<Error = Self::Error>;
    /// What can go wrong.
    type Error;
    /// The future of a listener.
    ///
    /// # Cancel safety
    ///
    /// Dropping it gives the attempt up; nothing is left open.
    type Listening: Future<Output = Result<Self::Listener, Self::Error>>;

    /// Listens at `address`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the attempt up; nothing is left open.
    fn listen(&self, address: &A) -> Self::Listening;
}

/// Where streams come in. Dropping it closes the door, and leaves the streams that have come in open.
///
/// # For implementers
///
/// * Until [`poll_accept`](Self::poll_accept) has returned a stream, it has not been taken: an [`Accept`] may be dropped at
///   any time.
/// * An error concerns one stream that did not come to be, or the lack of something that may come back (file descriptors):
///   the listener stays of use.
///
/// # Examples
///
/// ```
/// use onpar_core::Listener;
///
/// async fn greet_forever<L: Listener<Address: std::fmt::Debug>>(mut listener: L) -> Result<(), L::Error> {
///     loop {
///         let (_stream, peer) = listener.accept().await?;
///         println!("welcome, {peer:?}");
///     }
/// }
/// ```
pub trait Listener {
    /// An open stream.
    type Io;
    /// Where the other end of a stream is.
    type Address;
    /// What can go wrong.
    type Error;

    /// The next stream, and who opened it. One task waits at a time: the one that polled last is woken.
    fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<Result<(Self::Io, Self::Address), Self::Error>>;

    /// The address that it listens at.
    ///
    /// # Errors
    ///
    /// Whatever the operating system says.
    fn local_addr(&self) -> Result<Self::Address, Self::Error>;

    /// Waits for the next stream.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses no stream.
    fn accept(&mut self) -> Accept<'_, Self>
    where
        Self: Sized,
    {
        Accept { listener: self }
    }
}

/// Waits for the next stream. Made by [`Listener::accept`].
///
/// # Cancel safety
///
/// Dropping it loses no stream.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Accept<'a, L> {
    listener: &'a mut L,
}

impl<L: Listener> Future for Accept<'_, L> {
    type Output = Result<(L::Io, L::Address), L::Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.listener.poll_accept(cx)
    }
}

impl<L> fmt::Debug for Accept<'_, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accept").finish_non_exhaustive()
    }
}

impl<L, A> Listen<A> for &L
where
    L: Listen<A>,
    A: ?Sized,
{
    type Listener = L::Listener;
    type Error = L::Error;
    type Listening = L::Listening;

    fn listen(&self, address: &A) -> Self::Listening {
        L::listen(self, address)
    }
}

macro_rules! listener_behind {
    ($Pointer:ty) => {
        impl<L: Listener + ?Sized> Listener for $Pointer {
            type Io = L::Io;
            type Address = L::Address;
            type Error = L::Error;

            fn poll_accept(&mut self, cx: &mut Context<'_>) -> Poll<Result<(L::Io, L::Address), L::Error>> {
                (**self).poll_accept(cx)
            }

            fn local_addr(&self) -> Result<L::Address, L::Error> {
                (**self).local_addr()
            }
        }
    };
}

listener_behind!(&mut L);
#[cfg(feature = "alloc")]
listener_behind!(alloc::boxed::Box<L>);
