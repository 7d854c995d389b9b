//! [`Stream`]: an open stream, of TCP or of Unix.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io::{self, IoSlice, Read, Write};
use std::os::fd::AsFd;

use compio::runtime::Runtime;
use compio::runtime::fd::PollFd;
use futures_io::{AsyncRead, AsyncWrite};

/// An open stream, of TCP or of Unix: [`AsyncRead`] and [`AsyncWrite`] of `futures-io`.
///
/// # Examples
///
/// ```
/// use std::net::{SocketAddr, TcpStream};
/// use futures::io::{AsyncReadExt, AsyncWriteExt};
/// use onpar_core::{Connect, Listen, Listener};
/// use onpar_rt::compio_0_19::{self, Stream};
///
/// compio_0_19::run(async |rt| {
///     let here = SocketAddr::from(([127, 0, 0, 1], 0));
///     let mut listener = rt.listen(&here).await?;
///     let mut near: Stream<TcpStream> = rt.connect(&listener.local_addr()?).await?;
///     let (mut far, _) = listener.accept().await?;
///     near.write_all(b"hello").await?;
///     near.close().await?;
///     let mut heard = String::new();
///     far.read_to_string(&mut heard).await?;
///     assert_eq!(heard, "hello");
///     std::io::Result::Ok(())
/// })
/// .unwrap();
/// ```
pub struct Stream<T: AsFd> {
    fd: PollFd<T>,
    runtime: Runtime,
}

impl<T: AsFd + 'static> Stream<T> {
    /// It must not block.
    pub(super) fn new(runtime: Runtime, stream: T) -> io::Result<Self> {
        Ok(Self { fd: PollFd::new(stream)?, runtime })
    }

    /// The stream of std, for what this crate does not name. It does not block.
    pub fn get_ref(&self) -> &T {
        &self.fd
    }

    /// Does something with compio's own, within the runtime: compio panics outside of one.
    pub(super) fn within<R>(&self, act: impl FnOnce(&PollFd<T>) -> R) -> R {
        self.runtime.enter(|| act(&self.fd))
    }
}

impl<T: AsFd + 'static> AsyncRead for Stream<T>
where
    for<'a> &'a T: Read,
{
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        self.within(|fd| fd.poll_read(cx, buffer))
    }
}

impl<T: AsFd + 'static> AsyncWrite for Stream<T>
where
    for<'a> &'a T: Write,
{
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.within(|fd| fd.poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.within(|fd| fd.poll_write_vectored(cx, parts))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.within(|fd| fd.poll_flush(cx))
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.within(|mut fd| Pin::new(&mut fd).poll_close(cx))
    }
}

impl<T: AsFd + fmt::Debug> fmt::Debug for Stream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("fd", &self.fd).finish_non_exhaustive()
    }
}
