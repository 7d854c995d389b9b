//! [`FromTokio`] and [`IntoTokio`]: reading and writing, from tokio's traits to those of futures-io and back.
//!
//! Nothing is copied: the caller's buffer goes to the stream within. The one difference is that tokio takes memory that has
//! not been initialized, so that [`IntoTokio`] has to fill it with zeros first, once for each buffer.

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io::{self, IoSlice, SeekFrom};

use futures_io::{AsyncBufRead, AsyncRead, AsyncSeek, AsyncWrite};
use pin_project_lite::pin_project;
use tokio::io::ReadBuf;

pin_project! {
    /// Reads and writes by the traits of futures-io, and is made of something that does so by tokio's.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::io::AsyncReadExt;
    /// use onpar_rt::tokio_1::FromTokio;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let (near, mut far) = tokio::io::duplex(64);
    /// tokio::io::AsyncWriteExt::write_all(&mut far, b"hello").await?;
    /// let mut words = [0; 5];
    /// FromTokio::new(near).read_exact(&mut words).await?;
    /// assert_eq!(&words, b"hello");
    /// # Ok(())
    /// # }
    /// ```
    #[derive(Clone, Copy, Debug, Default)]
    pub struct FromTokio<T> {
        #[pin]
        inner: T,
        // Tokio seeks in two steps.
        seek: Option<SeekFrom>,
    }
}

pin_project! {
    /// Reads and writes by tokio's traits, and is made of something that does so by those of futures-io.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::io::Cursor;
    /// use onpar_rt::tokio_1::IntoTokio;
    /// use tokio::io::AsyncReadExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let mut words = String::new();
    /// IntoTokio::new(Cursor::new("hello")).read_to_string(&mut words).await?;
    /// assert_eq!(words, "hello");
    /// # Ok(())
    /// # }
    /// ```
    #[derive(Clone, Copy, Debug, Default)]
    pub struct IntoTokio<T> {
        #[pin]
        inner: T,
        // Tokio seeks in two steps.
        seek: Option<SeekFrom>,
    }
}

macro_rules! wrapper {
    ($Name:ident) => {
        impl<T> $Name<T> {
            /// Wraps `inner`.
            pub const fn new(inner: T) -> Self {
                Self { inner, seek: None }
            }

            /// What is within.
            pub const fn get_ref(&self) -> &T {
                &self.inner
            }

            /// What is within.
            pub const fn get_mut(&mut self) -> &mut T {
                &mut self.inner
            }

            /// What is within.
            pub fn into_inner(self) -> T {
                self.inner
            }
        }
    };
}

wrapper!(FromTokio);
wrapper!(IntoTokio);

impl<T: tokio::io::AsyncRead> AsyncRead for FromTokio<T> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        let mut buffer = ReadBuf::new(buffer);
        ready!(self.project().inner.poll_read(cx, &mut buffer))?;
        Poll::Ready(Ok(buffer.filled().len()))
    }
}

impl<T: tokio::io::AsyncBufRead> AsyncBufRead for FromTokio<T> {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.project().inner.poll_fill_buf(cx)
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        self.project().inner.consume(amount);
    }
}

impl<T: tokio::io::AsyncWrite> AsyncWrite for FromTokio<T> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        self.project().inner.poll_write(cx, buffer)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.project().inner.poll_write_vectored(cx, buffers)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().inner.poll_flush(cx)
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().inner.poll_shutdown(cx)
    }
}

impl<T: tokio::io::AsyncSeek> AsyncSeek for FromTokio<T> {
    fn poll_seek(self: Pin<&mut Self>, cx: &mut Context<'_>, to: SeekFrom) -> Poll<io::Result<u64>> {
        let mut this = self.project();
        if *this.seek != Some(to) {
            ready!(this.inner.as_mut().poll_complete(cx))?;
            this.inner.as_mut().start_seek(to)?;
            *this.seek = Some(to);
        }
        let position = ready!(this.inner.poll_complete(cx));
        *this.seek = None;
        Poll::Ready(position)
    }
}

impl<T: AsyncRead> tokio::io::AsyncRead for IntoTokio<T> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let room = buffer.initialize_unfilled();
        let length = room.len();
        let count = ready!(self.project().inner.poll_read(cx, room))?;
        if count > length {
            return Poll::Ready(Err(io::Error::other("a reader says that it has read more than there was room for")));
        }
        buffer.advance(count);
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncBufRead> tokio::io::AsyncBufRead for IntoTokio<T> {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        self.project().inner.poll_fill_buf(cx)
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        self.project().inner.consume(amount);
    }
}

impl<T: AsyncWrite> tokio::io::AsyncWrite for IntoTokio<T> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        self.project().inner.poll_write(cx, buffer)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().inner.poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().inner.poll_close(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.project().inner.poll_write_vectored(cx, buffers)
    }

    /// False, since futures-io does not tell. Writing several buffers at once works all the same.
    fn is_write_vectored(&self) -> bool {
        false
    }
}

impl<T: AsyncSeek> tokio::io::AsyncSeek for IntoTokio<T> {
    fn start_seek(mut self: Pin<&mut Self>, to: SeekFrom) -> io::Result<()> {
        *self.as_mut().project().seek = Some(to);
        Ok(())
    }

    fn poll_complete(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<u64>> {
        let this = self.project();
        // Without a seek that has been started, tokio asks where the stream stands.
        let position = ready!(this.inner.poll_seek(cx, this.seek.unwrap_or(SeekFrom::Current(0))));
        *this.seek = None;
        Poll::Ready(position)
    }
}
