//! [`MapErr`]: a closure called for each error of a stream of results.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::call::Call;

pin_project! {
    /// The stream of [`map_err`](crate::AsyncTryIterator::map_err): what the closure gives for each error. Values pass by.
    ///
    /// Over a closure that is lent the errors it gives each beside what the closure gave, and is the first half of
    /// [`inspect_err`](crate::AsyncTryIterator::inspect_err).
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, with its error. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Its error is lost; polled again, the stream goes on with the next item.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
    ///
    /// let told = [Ok(1), Err("gone")].into_async_iter().map_err(async |error| format!("it is {error}"));
    /// assert_eq!(pollster::block_on(told.collect::<Vec<_>>()), [Ok(1), Err("it is gone".into())]);
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct MapErr<S, C> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: S,
    }
}

impl<S, C> MapErr<S, C> {
    pub(crate) const fn new(stream: S, call: C) -> Self {
        Self { call, stream }
    }
}

impl<T, E, S: Stream<Item = Result<T, E>>, C: Call<E>> Stream for MapErr<S, C> {
    type Item = Result<T, C::Output>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        if let Some(output) = ready!(this.call.as_mut().poll(cx)) {
            return Poll::Ready(Some(Err(output)));
        }
        match ready!(this.stream.poll_next(cx)) {
            Some(Ok(value)) => Poll::Ready(Some(Ok(value))),
            Some(Err(error)) => this.call.call(error, cx).map(|output| Some(Err(output))),
            None => Poll::Ready(None),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let under_way = usize::from(self.call.is_running());
        let (lower, upper) = self.stream.size_hint();
        (lower.saturating_add(under_way), upper.and_then(|upper| upper.checked_add(under_way)))
    }
}
