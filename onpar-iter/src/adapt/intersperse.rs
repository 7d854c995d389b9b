//! [`Intersperse`]: a separator between each two items.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`intersperse`](crate::AsyncItertools::intersperse).
    ///
    /// A separator is given when the item that follows it has come, so that none is the last.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the item that follows a separator. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
    ///
    /// let words = ["to", "be"].into_async_iter().intersperse(" ");
    /// assert_eq!(pollster::block_on(words.collect::<String>()), "to be");
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Intersperse<S, T> {
        #[pin]
        stream: S,
        separator: T,
        held: Option<T>,
        begun: bool,
    }
}

impl<S, T> Intersperse<S, T> {
    pub(crate) const fn new(stream: S, separator: T) -> Self {
        Self { stream, separator, held: None, begun: false }
    }
}

impl<T: Clone, S: Stream<Item = T>> Stream for Intersperse<S, T> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let this = self.project();
        if this.held.is_some() {
            return Poll::Ready(this.held.take());
        }
        let item = ready!(this.stream.poll_next(cx));
        if item.is_none() || !*this.begun {
            *this.begun = true;
            return Poll::Ready(item);
        }
        *this.held = item;
        Poll::Ready(Some(this.separator.clone()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        with_separators(self.stream.size_hint(), self.begun, usize::from(self.held.is_some()))
    }
}

/// How many there are with separators, of so many items to come and so many that are ready.
pub(super) fn with_separators(
    (lower, upper): (usize, Option<usize>),
    begun: bool,
    ready: usize,
) -> (usize, Option<usize>) {
    let first = usize::from(!begun);
    let lower = lower.saturating_add(lower.saturating_sub(first)).saturating_add(ready);
    let upper = upper.and_then(|upper| upper.checked_add(upper.saturating_sub(first))?.checked_add(ready));
    (lower, upper)
}
