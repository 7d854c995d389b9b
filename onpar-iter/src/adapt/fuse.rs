//! [`Fuse`]: a stream that has ended stays ended.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`fuse`](crate::AsyncIterator::fuse). The stream in it is dropped when it has ended.
    ///
    /// # Cancel safety
    ///
    /// As the stream in it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
    ///
    /// // An iterator that goes on after it has ended.
    /// let mut n = 0;
    /// let odd = std::iter::from_fn(|| { n += 1; (n % 2 == 1).then_some(n) });
    ///
    /// let mut odd = odd.into_async_iter().fuse();
    /// pollster::block_on(async {
    ///     assert_eq!(odd.next().await, Some(1));
    ///     assert_eq!(odd.next().await, None);
    ///     assert_eq!(odd.next().await, None);
    /// });
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Fuse<S> {
        #[pin]
        stream: Option<S>,
    }
}

impl<S> Fuse<S> {
    pub(crate) const fn new(stream: S) -> Self {
        Self { stream: Some(stream) }
    }

    /// Drops the stream, as if it had ended.
    pub(crate) fn end(self: Pin<&mut Self>) {
        self.project().stream.set(None);
    }
}

impl<S: Stream> Stream for Fuse<S> {
    type Item = S::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut this = self.project();
        let Some(stream) = this.stream.as_mut().as_pin_mut() else { return Poll::Ready(None) };
        let item = ready!(stream.poll_next(cx));
        if item.is_none() {
            this.stream.set(None);
        }
        Poll::Ready(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.as_ref().map_or((0, Some(0)), Stream::size_hint)
    }
}

impl<S: Stream> FusedStream for Fuse<S> {
    fn is_terminated(&self) -> bool {
        self.stream.is_none()
    }
}
