//! [`Interleave`]: two streams by turns, and then the rest of the longer one.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`interleave`](crate::AsyncItertools::interleave). A stream is dropped when it has ended.
    ///
    /// Whose turn it is, is waited for, even if the other one has an item.
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
    /// let all = [1, 3].into_async_iter().interleave([2, 4, 5].into_async_iter());
    /// assert_eq!(pollster::block_on(all.collect::<Vec<_>>()), [1, 2, 3, 4, 5]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Interleave<A, B> {
        #[pin]
        first: Option<A>,
        #[pin]
        second: Option<B>,
        // Whose turn it is.
        is_second: bool,
    }
}

impl<A, B> Interleave<A, B> {
    pub(crate) const fn new(first: A, second: B) -> Self {
        Self { first: Some(first), second: Some(second), is_second: false }
    }
}

impl<A: Stream, B: Stream<Item = A::Item>> Stream for Interleave<A, B> {
    type Item = A::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<A::Item>> {
        let mut this = self.project();
        // One turn each, so that it is seen when both have ended.
        for _ in 0..2 {
            let item = if *this.is_second {
                poll_or_drop(this.second.as_mut(), cx)
            } else {
                poll_or_drop(this.first.as_mut(), cx)
            };
            let item = ready!(item);
            *this.is_second = !*this.is_second;
            if item.is_some() {
                return Poll::Ready(item);
            }
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.first.as_ref().map_or((0, Some(0)), Stream::size_hint);
        let (more, at_most) = self.second.as_ref().map_or((0, Some(0)), Stream::size_hint);
        (lower.saturating_add(more), upper.zip(at_most).and_then(|(upper, at_most)| upper.checked_add(at_most)))
    }
}

/// The next item of a stream, which is dropped at its end.
#[inline]
pub(super) fn poll_or_drop<S: Stream>(mut stream: Pin<&mut Option<S>>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
    let Some(there) = stream.as_mut().as_pin_mut() else { return Poll::Ready(None) };
    let item = ready!(there.poll_next(cx));
    if item.is_none() {
        stream.set(None);
    }
    Poll::Ready(item)
}
