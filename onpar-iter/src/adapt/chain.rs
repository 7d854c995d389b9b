//! [`Chain`]: one stream, and then another.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`chain`](crate::AsyncIterator::chain). The first one is dropped when it has ended.
    ///
    /// # Cancel safety
    ///
    /// As the two streams: it keeps no item between two polls.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
    ///
    /// let all = [1, 2].into_async_iter().chain([3].into_async_iter());
    /// assert_eq!(pollster::block_on(all.collect::<Vec<_>>()), [1, 2, 3]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Chain<A, B> {
        #[pin]
        first: Option<A>,
        #[pin]
        second: B,
    }
}

impl<A, B> Chain<A, B> {
    pub(crate) const fn new(first: A, second: B) -> Self {
        Self { first: Some(first), second }
    }
}

impl<A: Stream, B: Stream<Item = A::Item>> Stream for Chain<A, B> {
    type Item = A::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<A::Item>> {
        let mut this = self.project();
        if let Some(first) = this.first.as_mut().as_pin_mut() {
            if let Some(item) = ready!(first.poll_next(cx)) {
                return Poll::Ready(Some(item));
            }
            this.first.set(None);
        }
        this.second.poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.second.size_hint();
        let Some(first) = &self.first else { return (lower, upper) };
        let (more, at_most) = first.size_hint();
        let upper = upper.zip(at_most).and_then(|(upper, at_most)| upper.checked_add(at_most));
        (lower.saturating_add(more), upper)
    }
}
