//! [`IntersperseWith`]: what a closure gives between each two items.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::intersperse::with_separators;
use crate::call::Call;

pin_project! {
    /// The stream of [`intersperse_with`](crate::AsyncItertools::intersperse_with).
    ///
    /// The closure is called for a separator when the item that follows it has come, so that none is the last.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, and the item that follows. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Its separator is missing; polled again, the stream goes on with the item.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
    ///
    /// let words = ["to", "be"].into_async_iter().intersperse_with(async || "-");
    /// assert_eq!(pollster::block_on(words.collect::<String>()), "to-be");
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct IntersperseWith<S, T, C> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: S,
        held: Option<T>,
        begun: bool,
    }
}

impl<S, T, C> IntersperseWith<S, T, C> {
    pub(crate) const fn new(stream: S, call: C) -> Self {
        Self { call, stream, held: None, begun: false }
    }
}

impl<T, S: Stream<Item = T>, C: Call<(), Output = T>> Stream for IntersperseWith<S, T, C> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut this = self.project();
        if let Some(separator) = ready!(this.call.as_mut().poll(cx)) {
            return Poll::Ready(Some(separator));
        }
        if this.held.is_some() {
            return Poll::Ready(this.held.take());
        }
        let item = ready!(this.stream.poll_next(cx));
        if item.is_none() || !*this.begun {
            *this.begun = true;
            return Poll::Ready(item);
        }
        *this.held = item;
        this.call.call((), cx).map(Some)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let ready = usize::from(self.held.is_some()) + usize::from(self.call.is_running());
        with_separators(self.stream.size_hint(), self.begun, ready)
    }
}
