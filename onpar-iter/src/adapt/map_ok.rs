//! [`MapOk`]: a closure called for each value of a stream of results.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::call::Call;

pin_project! {
    /// The stream of [`map_ok`](crate::AsyncTryIterator::map_ok): what the closure gives for each value. Errors pass by.
    ///
    /// Over a closure that is lent the values it gives each beside what the closure gave, and is the first half of
    /// [`try_filter`](crate::AsyncTryIterator::try_filter) and its kin.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, with its value. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Its value is lost; polled again, the stream goes on with the next one.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
    ///
    /// let sizes = [Ok("abc"), Err("gone")].into_async_iter().map_ok(async |text| text.len());
    /// assert_eq!(pollster::block_on(sizes.collect::<Vec<_>>()), [Ok(3), Err("gone")]);
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct MapOk<S, C> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: S,
    }
}

impl<S, C> MapOk<S, C> {
    pub(crate) const fn new(stream: S, call: C) -> Self {
        Self { call, stream }
    }
}

impl<T, E, S: Stream<Item = Result<T, E>>, C: Call<T>> Stream for MapOk<S, C> {
    type Item = Result<C::Output, E>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        if let Some(output) = ready!(this.call.as_mut().poll(cx)) {
            return Poll::Ready(Some(Ok(output)));
        }
        match ready!(this.stream.poll_next(cx)) {
            Some(Ok(value)) => this.call.call(value, cx).map(|output| Some(Ok(output))),
            Some(Err(error)) => Poll::Ready(Some(Err(error))),
            None => Poll::Ready(None),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let under_way = usize::from(self.call.is_running());
        let (lower, upper) = self.stream.size_hint();
        (lower.saturating_add(under_way), upper.and_then(|upper| upper.checked_add(under_way)))
    }
}
