//! [`InterleaveShortest`]: two streams by turns, until one of them has no more.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`interleave_shortest`](crate::AsyncItertools::interleave_shortest).
    ///
    /// It ends when it is the turn of a stream that has ended; no item of the other one is lost.
    ///
    /// # Cancel safety
    ///
    /// As the two streams: it keeps no item between two polls.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
    ///
    /// let some = [1, 3].into_async_iter().interleave_shortest([2, 4, 5, 6].into_async_iter());
    /// assert_eq!(pollster::block_on(some.collect::<Vec<_>>()), [1, 2, 3, 4]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct InterleaveShortest<A, B> {
        #[pin]
        first: A,
        #[pin]
        second: B,
        // Whose turn it is.
        is_second: bool,
    }
}

impl<A, B> InterleaveShortest<A, B> {
    pub(crate) const fn new(first: A, second: B) -> Self {
        Self { first, second, is_second: false }
    }
}

impl<A: Stream, B: Stream<Item = A::Item>> Stream for InterleaveShortest<A, B> {
    type Item = A::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<A::Item>> {
        let this = self.project();
        let item = ready!(if *this.is_second { this.second.poll_next(cx) } else { this.first.poll_next(cx) });
        if item.is_some() {
            *this.is_second = !*this.is_second;
        }
        Poll::Ready(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (first, second) = (self.first.size_hint(), self.second.size_hint());
        let (now, next) = if self.is_second { (second, first) } else { (first, second) };
        // As many rounds as both have items for, and one more item if that is not where it ends.
        let rounds = |now: usize, next: usize| now.min(next).saturating_mul(2).saturating_add(usize::from(now > next));
        let upper = match (now.1, next.1) {
            (Some(now), Some(next)) => {
                now.min(next).checked_mul(2).and_then(|all| all.checked_add(usize::from(now > next)))
            }
            (Some(now), None) => now.checked_mul(2),
            (None, Some(next)) => next.checked_mul(2).and_then(|all| all.checked_add(1)),
            (None, None) => None,
        };
        (rounds(now.0, next.0), upper)
    }
}
