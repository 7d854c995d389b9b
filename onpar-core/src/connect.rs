//! [`Connect`]: streams of bytes to somebody else, as a value.

use core::net::SocketAddr;

/// Opens streams of bytes to an address: `Connect` alone means TCP, `Connect<Path>` the sockets of Unix.
///
/// This crate names no trait for reading and writing. Code that reads and writes asks for what it uses, commonly the
/// traits of the crate `futures-io`, which every adapter of `onpar-rt` implements:
/// `C: Connect<Io: AsyncRead + AsyncWrite + Unpin>`. Where a stream has to move between threads, it asks for `Io: Send` and
/// `Connecting: Send` too.
///
/// A runtime may connect to addresses of several types. So where one comes out of `parse()` or `into()`, say which:
/// `let server: SocketAddr = "192.0.2.7:80".parse()?`.
///
/// # For implementers
///
/// * A TCP stream comes with Nagle's algorithm turned off (`TCP_NODELAY`): code that knows no more than this trait cannot
///   turn it off itself, and pays for each small message otherwise.
/// * Closing a stream for writing (`poll_close`) leaves it open for reading: the other side sees the end, and may still
///   answer.
/// * No call panics: what is wrong with the address, the network or the runtime is an error of the future.
///
/// # Examples
///
/// ```
/// use std::net::SocketAddr;
/// use futures::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
/// use onpar_core::Connect;
///
/// async fn ask<C>(runtime: &C, server: SocketAddr) -> std::io::Result<String>
/// where
///     C: Connect<Io: AsyncRead + AsyncWrite + Unpin, Error = std::io::Error>,
/// {
///     let mut stream = runtime.connect(&server).await?;
///     stream.write_all(b"how do you do?").await?;
///     stream.close().await?; // for writing
///     let mut answer = String::new();
///     stream.read_to_string(&mut answer).await?;
///     Ok(answer)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot connect to a `{A}`",
    label = "this opens a stream, and takes a value that implements `Connect<{A}>`",
    note = "the runtimes that connect to a `SocketAddr` by TCP: `local` (feature `local-net`), `tokio_1`, `smol_2`, `compio_0_19` and \
            `main_loop` of `onpar::rt`",
    note = "to a `Path`, by the sockets of Unix: `local`, `tokio_1`, `smol_2`, `compio_0_19` and `main_loop`, on Unix"
)]
pub trait Connect<A: ?Sized = SocketAddr>: Clone {
    /// An open stream.
    type Io;
    /// What can go wrong: [`std::io::Error`] where there is std.
    ///
    /// [`std::io::Error`]: https://doc.rust-lang.org/std/io/struct.Error.html
    type Error;
    /// The future of a stream.
    ///
    /// # Cancel safety
    ///
    /// Dropping it gives the attempt up; nothing is left open.
    type Connecting: Future<Output = Result<Self::Io, Self::Error>>;

    /// Opens a stream to `address`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the attempt up; nothing is left open.
    fn connect(&self, address: &A) -> Self::Connecting;
}

impl<C, A> Connect<A> for &C
where
    C: Connect<A>,
    A: ?Sized,
{
    type Io = C::Io;
    type Error = C::Error;
    type Connecting = C::Connecting;

    fn connect(&self, address: &A) -> Self::Connecting {
        C::connect(self, address)
    }
}
