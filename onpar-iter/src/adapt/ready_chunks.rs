//! [`ReadyChunks`]: the items that are there, at once.

use alloc::vec::Vec;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::Fuse;

pin_project! {
    /// The stream of [`ready_chunks`](crate::AsyncStreamExt::ready_chunks): all items that are there, up to so many, in one
    /// `Vec`. It waits for the first, and for no further one; so none is empty.
    ///
    /// Each `Vec` is allocated when its first item comes.
    ///
    /// # Cancel safety
    ///
    /// It keeps no item between two polls: not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the stream passes on, and takes the items with it that were there in that poll. Polled again, it goes on.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, AsyncStreamExt, IntoAsyncIterator, limit};
    ///
    /// let chunks = (0..5).into_async_iter().ready_chunks(limit!(2));
    /// assert_eq!(pollster::block_on(chunks.collect::<Vec<_>>()), [vec![0, 1], vec![2, 3], vec![4]]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct ReadyChunks<S> {
        #[pin]
        stream: Fuse<S>,
        most: NonZero<usize>,
    }
}

impl<S> ReadyChunks<S> {
    pub(crate) const fn new(stream: S, most: NonZero<usize>) -> Self {
        Self { stream: Fuse::new(stream), most }
    }
}

impl<S: Stream> Stream for ReadyChunks<S> {
    type Item = Vec<S::Item>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Vec<S::Item>>> {
        let mut this = self.project();
        let mut chunk = Vec::new();
        while chunk.len() < this.most.get() {
            match this.stream.as_mut().poll_next(cx) {
                Poll::Ready(Some(item)) => chunk.push(item),
                Poll::Ready(None) if chunk.is_empty() => return Poll::Ready(None),
                Poll::Pending if chunk.is_empty() => return Poll::Pending,
                Poll::Ready(None) | Poll::Pending => break,
            }
        }
        Poll::Ready(Some(chunk))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        (lower.div_ceil(self.most.get()), upper)
    }
}
