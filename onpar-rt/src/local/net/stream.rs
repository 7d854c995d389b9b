//! [`Stream`]: an open stream of bytes, of TCP or of Unix.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io::{self, ErrorKind, IoSlice, IoSliceMut, Read, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use futures_io::{AsyncRead, AsyncWrite};
use polling::{AsRawSource, AsSource};

use super::registered::Registered;
use crate::local::shared::Shared;

/// An open stream of bytes: of TCP if `T` is [`std::net::TcpStream`], or of Unix.
///
/// It reads and writes by the traits of futures-io. It may be used on any thread; but it is the executor it came from that
/// wakes who waits, while that runs.
///
/// # Examples
///
/// ```
/// use std::net::{SocketAddr, TcpStream};
/// use futures::io::{AsyncReadExt, AsyncWriteExt};
/// use onpar_core::{Connect, Listen, Listener};
/// use onpar_rt::local::{self, Stream};
///
/// local::run(async |rt| {
///     let mut listener = rt.listen(&SocketAddr::from(([127, 0, 0, 1], 0))).await?;
///     let mut near: Stream<TcpStream> = rt.connect(&listener.local_addr()?).await?;
///     let (mut far, _peer) = listener.accept().await?;
///     near.write_all(b"hello").await?;
///     near.close().await?;
///     let mut words = String::new();
///     far.read_to_string(&mut words).await?;
///     assert_eq!(words, "hello");
///     std::io::Result::Ok(())
/// })
/// .unwrap();
/// ```
pub struct Stream<T: AsSource> {
    stream: Registered<T>,
}

impl<T: AsSource> Stream<T> {
    /// A stream that does not block. The bytes of a socket of Unix may be parted, by what may be sent beside them.
    pub(super) fn new(shared: Arc<Shared>, stream: T) -> io::Result<Self>
    where
        for<'a> &'a T: AsRawSource,
    {
        Ok(Self { stream: Registered::new(shared, stream)? })
    }

    /// One of TCP.
    pub(super) fn tcp(shared: Arc<Shared>, stream: T) -> io::Result<Self>
    where
        for<'a> &'a T: AsRawSource,
    {
        Ok(Self { stream: Registered::tcp(shared, stream)? })
    }

    pub(super) const fn registered(&self) -> &Registered<T> {
        &self.stream
    }

    /// The stream of std, for what this crate does not name. It does not block.
    pub const fn get_ref(&self) -> &T {
        self.stream.socket()
    }
}

impl<T: AsSource> AsyncRead for Stream<T>
where
    for<'a> &'a T: Read,
{
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        self.stream.poll_read_bytes(cx, buffer.len(), |mut stream| stream.read(buffer))
    }

    fn poll_read_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &mut [IoSliceMut<'_>],
    ) -> Poll<io::Result<usize>> {
        let room = buffers.iter().map(|buffer| buffer.len()).sum();
        self.stream.poll_read_bytes(cx, room, |mut stream| stream.read_vectored(buffers))
    }
}

macro_rules! write {
    ($T:ty) => {
        impl AsyncWrite for Stream<$T> {
            fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
                self.stream.poll_write(cx, |mut stream| stream.write(buffer))
            }

            fn poll_write_vectored(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                buffers: &[IoSlice<'_>],
            ) -> Poll<io::Result<usize>> {
                self.stream.poll_write(cx, |mut stream| stream.write_vectored(buffers))
            }

            fn poll_flush(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Ok(()))
            }

            fn poll_close(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(match self.get_ref().shutdown(Shutdown::Write) {
                    // The other side has gone, which closes it too.
                    Err(error) if error.kind() == ErrorKind::NotConnected => Ok(()),
                    result => result,
                })
            }
        }
    };
}

write!(TcpStream);
#[cfg(unix)]
write!(std::os::unix::net::UnixStream);

impl<T: AsSource + fmt::Debug> fmt::Debug for Stream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stream").field(&self.stream).finish()
    }
}
