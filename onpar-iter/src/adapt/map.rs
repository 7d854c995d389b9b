//! [`Map`]: a closure called for each item, one call at a time.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::call::Call;

pin_project! {
    /// The stream of [`map`](crate::AsyncIterator::map): what the closure gives for each item.
    ///
    /// Over a closure that is lent its items it gives each item beside what the closure gave, and is the first half of
    /// [`filter`](crate::AsyncIterator::filter) and its kin.
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
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, sync};
    ///
    /// async fn fetch(n: u32) -> u32 { n * 10 }
    ///
    /// let fetched = [1, 2].into_async_iter().map(fetch).map(async |n| n + 1).map(sync(|n| n + 2));
    /// assert_eq!(pollster::block_on(fetched.collect::<Vec<_>>()), [13, 23]);
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Map<S, C> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: S,
    }
}

impl<S, C> Map<S, C> {
    pub(crate) const fn new(stream: S, call: C) -> Self {
        Self { call, stream }
    }
}

impl<S: Stream, C: Call<S::Item>> Stream for Map<S, C> {
    type Item = C::Output;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<C::Output>> {
        let mut this = self.project();
        if let Some(output) = ready!(this.call.as_mut().poll(cx)) {
            return Poll::Ready(Some(output));
        }
        match ready!(this.stream.poll_next(cx)) {
            Some(item) => this.call.call(item, cx).map(Some),
            None => Poll::Ready(None),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let under_way = usize::from(self.call.is_running());
        let (lower, upper) = self.stream.size_hint();
        (lower.saturating_add(under_way), upper.and_then(|upper| upper.checked_add(under_way)))
    }
}
