//! [`TryReadyChunks`]: the values that are there, at once, until there is an error.

use alloc::vec::Vec;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::{Fuse, TryChunksError};

pin_project! {
    /// The stream of [`try_ready_chunks`](crate::AsyncTryIterator::try_ready_chunks): all values that are there, up to so many,
    /// in one `Vec`; an error comes with the values that came before it in the same poll. It waits for the first item, and for
    /// no further one; so no `Vec` is empty, but that of an error may be.
    ///
    /// Each `Vec` is allocated when its first value comes.
    ///
    /// # Cancel safety
    ///
    /// It keeps no item between two polls: not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator, limit};
    ///
    /// # pollster::block_on(async {
    /// let mut chunks = [Ok(1), Ok(2), Ok(3), Err("gone")].into_async_iter().try_ready_chunks(limit!(2));
    /// assert_eq!(chunks.next().await, Some(Ok(vec![1, 2])));
    /// let error = chunks.next().await.unwrap().unwrap_err();
    /// assert_eq!((error.items, error.error), (vec![3], "gone"));
    /// # });
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct TryReadyChunks<S> {
        #[pin]
        stream: Fuse<S>,
        most: NonZero<usize>,
    }
}

impl<S> TryReadyChunks<S> {
    pub(crate) const fn new(stream: S, most: NonZero<usize>) -> Self {
        Self { stream: Fuse::new(stream), most }
    }
}

impl<T, E, S: Stream<Item = Result<T, E>>> Stream for TryReadyChunks<S> {
    type Item = Result<Vec<T>, TryChunksError<T, E>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        let mut items = Vec::new();
        while items.len() < this.most.get() {
            match this.stream.as_mut().poll_next(cx) {
                Poll::Ready(Some(Ok(value))) => items.push(value),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(TryChunksError { items, error }))),
                Poll::Ready(None) if items.is_empty() => return Poll::Ready(None),
                Poll::Pending if items.is_empty() => return Poll::Pending,
                Poll::Ready(None) | Poll::Pending => break,
            }
        }
        Poll::Ready(Some(Ok(items)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        (lower.div_ceil(self.most.get()), upper)
    }
}
