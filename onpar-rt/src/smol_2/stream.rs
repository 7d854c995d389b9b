//! [`Stream`]: an open stream of bytes, of TCP or of Unix.
//!
//! A read that has filled less than the buffer has taken all that there was. To try again before the reactor has news would be a
//! call of the system for nothing, one for each request that a server answers: the next read asks the reactor first. Nothing is
//! missed by that, whatever came in between, the end of the stream too: when smol's reactor is asked, it asks the system what
//! there is *now* (level-triggered).

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io::{self, ErrorKind, IoSlice, IoSliceMut, Read, Write as _};
use std::net::{Shutdown, TcpStream};

use smol::Async;
use smol::io::{AsyncRead, AsyncWrite};

/// An open stream of bytes: of TCP if `T` is [`std::net::TcpStream`], or of Unix.
///
/// It reads and writes by the traits of futures-io, on any thread.
///
/// # Examples
///
/// ```
/// use std::net::{SocketAddr, TcpStream};
/// use futures::io::{AsyncReadExt, AsyncWriteExt};
/// use onpar_core::{Connect, Listen, Listener};
/// use onpar_rt::smol_2::{self, Stream};
///
/// smol_2::run(async |rt| {
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
#[derive(Debug)]
pub struct Stream<T> {
    io: Async<T>,
    /// Whether the last read has found less than it had room for, and the reactor has had no news since.
    is_drained: bool,
}

impl<T> Stream<T> {
    /// The stream, for what this crate does not name.
    pub const fn get_ref(&self) -> &Async<T> {
        &self.io
    }

    /// The stream, of which smol's own are made too.
    pub fn into_inner(self) -> Async<T> {
        self.io
    }

    /// Reads into so many bytes, now or when there is something to read.
    fn poll(
        &mut self,
        cx: &mut Context<'_>,
        room: usize,
        mut read: impl FnMut(&T) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            if self.is_drained {
                ready!(self.io.poll_readable(cx))?;
                self.is_drained = false;
            }
            match read(self.io.get_ref()) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.is_drained = true,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
                Ok(count) => {
                    // Behind the end of a stream there is only the end again.
                    self.is_drained = (1..room).contains(&count);
                    return Poll::Ready(Ok(count));
                }
            }
        }
    }
}

impl<T> From<Async<T>> for Stream<T> {
    fn from(io: Async<T>) -> Self {
        Self { io, is_drained: false }
    }
}

// What it holds is never pinned.
impl<T> Unpin for Stream<T> {}

impl<T> AsyncRead for Stream<T>
where
    for<'a> &'a T: Read,
{
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        self.poll(cx, buffer.len(), |mut stream| stream.read(buffer))
    }

    fn poll_read_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &mut [IoSliceMut<'_>],
    ) -> Poll<io::Result<usize>> {
        let room = buffers.iter().map(|buffer| buffer.len()).sum();
        self.poll(cx, room, |mut stream| stream.read_vectored(buffers))
    }
}

macro_rules! write {
    ($T:ty) => {
        impl AsyncWrite for Stream<$T> {
            fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
                when_writable(&self.io, cx, |mut stream| stream.write(buffer))
            }

            fn poll_write_vectored(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                buffers: &[IoSlice<'_>],
            ) -> Poll<io::Result<usize>> {
                when_writable(&self.io, cx, |mut stream| stream.write_vectored(buffers))
            }

            fn poll_flush(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Ok(()))
            }

            fn poll_close(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(match self.io.get_ref().shutdown(Shutdown::Write) {
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

/// Does what reads when the reactor says that it does not block.
pub(super) fn when_readable<T, R>(
    io: &Async<T>,
    cx: &mut Context<'_>,
    act: impl FnMut(&T) -> io::Result<R>,
) -> Poll<io::Result<R>> {
    when(io, act, || io.poll_readable(cx))
}

/// Does what writes when the reactor says that it does not block.
pub(super) fn when_writable<T, R>(
    io: &Async<T>,
    cx: &mut Context<'_>,
    act: impl FnMut(&T) -> io::Result<R>,
) -> Poll<io::Result<R>> {
    when(io, act, || io.poll_writable(cx))
}

fn when<T, R>(
    io: &Async<T>,
    mut act: impl FnMut(&T) -> io::Result<R>,
    mut poll_ready: impl FnMut() -> Poll<io::Result<()>>,
) -> Poll<io::Result<R>> {
    loop {
        match act(io.get_ref()) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => ready!(poll_ready())?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return Poll::Ready(result),
        }
    }
}

#[cfg(test)]
mod tests {
    use core::future::poll_fn;
    use core::net::SocketAddr;

    use onpar_core::{Listen as _, Listener as _};

    use super::*;
    use crate::smol_2;

    #[test]
    fn each_request_is_read_once() {
        const REQUESTS: usize = 10;
        smol_2::run(async |rt| {
            let mut listener = rt.listen(&SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
            let mut near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (mut far, _) = listener.accept().await.unwrap();
            let mut reads = 0;
            for _ in 0..REQUESTS {
                let mut has_asked = false;
                let read = poll_fn(|cx| {
                    let polled = far.poll(cx, 64, |mut stream| {
                        reads += 1;
                        stream.read(&mut [0; 64])
                    });
                    if !core::mem::replace(&mut has_asked, true) {
                        assert!(polled.is_pending(), "nobody has asked yet");
                        near.write_all(b"request").unwrap();
                    }
                    polled
                });
                assert_eq!(read.await.unwrap(), 7);
            }
            assert_eq!(reads, REQUESTS + 1, "one more at first, when nobody knows whether there is something");
        });
    }
}
