//! [`ZipLongest`]: two streams in pairs, and then the rest of the longer one.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::EitherOrBoth;
use super::interleave::poll_or_drop;

pin_project! {
    /// The stream of [`zip_longest`](crate::AsyncItertools::zip_longest). A stream is dropped when it has ended.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the first half of a pair that is not complete. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::adapt::EitherOrBoth::{Both, Right};
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
    ///
    /// let pairs = [1].into_async_iter().zip_longest("ab".chars().into_async_iter());
    /// assert_eq!(pollster::block_on(pairs.collect::<Vec<_>>()), [Both(1, 'a'), Right('b')]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct ZipLongest<A, B, T> {
        #[pin]
        first: Option<A>,
        #[pin]
        second: Option<B>,
        half: Option<T>,
    }
}

impl<A, B, T> ZipLongest<A, B, T> {
    pub(crate) const fn new(first: A, second: B) -> Self {
        Self { first: Some(first), second: Some(second), half: None }
    }
}

impl<T, A: Stream<Item = T>, B: Stream> Stream for ZipLongest<A, B, T> {
    type Item = EitherOrBoth<T, B::Item>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.project();
        if this.half.is_none() {
            *this.half = ready!(poll_or_drop(this.first, cx));
        }
        let second = ready!(poll_or_drop(this.second, cx));
        Poll::Ready(EitherOrBoth::of(this.half.take(), second))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let held = usize::from(self.half.is_some());
        let (lower, upper) = self.first.as_ref().map_or((0, Some(0)), Stream::size_hint);
        let (lower, upper) = (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)));
        let (other_lower, other_upper) = self.second.as_ref().map_or((0, Some(0)), Stream::size_hint);
        (lower.max(other_lower), upper.zip(other_upper).map(|(upper, other)| upper.max(other)))
    }
}
