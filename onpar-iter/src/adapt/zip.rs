//! [`Zip`]: two streams, in pairs.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`zip`](crate::AsyncIterator::zip).
    ///
    /// As in std, the second stream is asked for an item when the first one has given one, and not before: no item of the
    /// second is lost when the first one ends.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the first half of a pair that is not complete. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
    ///
    /// let pairs = [1, 2, 3].into_async_iter().zip("ab".chars().into_async_iter());
    /// assert_eq!(pollster::block_on(pairs.collect::<Vec<_>>()), [(1, 'a'), (2, 'b')]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Zip<A, B, T> {
        #[pin]
        first: A,
        #[pin]
        second: B,
        half: Option<T>,
    }
}

impl<A, B, T> Zip<A, B, T> {
    pub(crate) const fn new(first: A, second: B) -> Self {
        Self { first, second, half: None }
    }
}

impl<T, A: Stream<Item = T>, B: Stream> Stream for Zip<A, B, T> {
    type Item = (T, B::Item);

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.project();
        if this.half.is_none() {
            *this.half = ready!(this.first.poll_next(cx));
            if this.half.is_none() {
                return Poll::Ready(None);
            }
        }
        let second = ready!(this.second.poll_next(cx));
        Poll::Ready(this.half.take().zip(second))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let held = usize::from(self.half.is_some());
        let (lower, upper) = self.first.size_hint();
        let (lower, upper) = (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)));
        let (other_lower, other_upper) = self.second.size_hint();
        let upper = upper.into_iter().chain(other_upper).min();
        (lower.min(other_lower), upper)
    }
}
