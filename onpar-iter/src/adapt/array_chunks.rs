//! [`ArrayChunks`]: so many items at a time, in an array.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::window::Window;

pin_project! {
    /// The stream of [`array_chunks`](crate::AsyncItertools::array_chunks).
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the items of the array that is not full; [`remainder`](Self::remainder) has them. Not being polled
    /// loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::pin::pin;
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
    ///
    /// # pollster::block_on(async {
    /// let mut pairs = pin!([1, 2, 3].into_async_iter().array_chunks());
    /// while let Some([a, b]) = pairs.next().await {
    ///     assert_eq!((a, b), (1, 2));
    /// }
    /// assert!(pairs.as_mut().remainder().eq([3]));
    /// # });
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct ArrayChunks<S, W> {
        #[pin]
        stream: S,
        window: W,
    }
}

impl<S, T, const N: usize> ArrayChunks<S, Window<T, N>> {
    pub(crate) const fn new(stream: S) -> Self {
        Self { stream, window: Window::new() }
    }

    /// Takes the items of the array that is not full: after the end, those that are left over.
    pub fn remainder(self: Pin<&mut Self>) -> impl Iterator<Item = T> + use<S, T, N> {
        self.project().window.take()
    }
}

impl<T, S: Stream<Item = T>, const N: usize> Stream for ArrayChunks<S, Window<T, N>> {
    type Item = [T; N];

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<[T; N]>> {
        let mut this = self.project();
        while let Some(item) = ready!(this.stream.as_mut().poll_next(cx)) {
            if let Some(full) = this.window.push(item) {
                return Poll::Ready(Some(full));
            }
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        let held = self.window.len();
        (lower.saturating_add(held) / N, upper.and_then(|upper| upper.checked_add(held)).map(|upper| upper / N))
    }
}
