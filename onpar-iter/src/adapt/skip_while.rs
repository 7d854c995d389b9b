//! [`SkipWhile`]: all items from the first that a closure says no to.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::call::Call;

pin_project! {
    /// The stream of [`skip_while`](crate::AsyncIterator::skip_while). The closure is not called again after its first no.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, with its item. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Its item is lost; polled again, the stream goes on with the next one.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
    ///
    /// let rest = [1, 9, 2].into_async_iter().skip_while(async |n| *n < 5);
    /// assert_eq!(pollster::block_on(rest.collect::<Vec<_>>()), [9, 2]);
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct SkipWhile<S, C> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: S,
        skipping: bool,
    }
}

impl<S, C> SkipWhile<S, C> {
    pub(crate) const fn new(stream: S, call: C) -> Self {
        Self { call, stream, skipping: true }
    }
}

impl<S: Stream, C: Call<S::Item, Output = (S::Item, bool)>> Stream for SkipWhile<S, C> {
    type Item = S::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut this = self.project();
        if *this.skipping {
            // What the call that was under way has given, and then each one.
            let mut given = ready!(this.call.as_mut().poll(cx));
            loop {
                if let Some((item, false)) = given {
                    *this.skipping = false;
                    return Poll::Ready(Some(item));
                }
                let Some(item) = ready!(this.stream.as_mut().poll_next(cx)) else { return Poll::Ready(None) };
                given = Some(ready!(this.call.as_mut().call(item, cx)));
            }
        }
        this.stream.poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        if !self.skipping {
            return (lower, upper);
        }
        (0, upper.and_then(|upper| upper.checked_add(usize::from(self.call.is_running()))))
    }
}
