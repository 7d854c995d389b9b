//! [`TryFlatten`]: the items of the streams of results that a stream of results gives.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

pin_project! {
    /// The stream of [`try_flatten`](crate::AsyncTryIterator::try_flatten). Errors of both pass by.
    ///
    /// Nothing is asked of the outer stream after its end.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the inner stream with what it has not given. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
    ///
    /// let pages = [Ok([Ok(1), Err("torn")].into_async_iter()), Err("gone")].into_async_iter();
    /// let lines = pages.try_flatten().collect::<Vec<Result<u8, &str>>>();
    /// assert_eq!(pollster::block_on(lines), [Ok(1), Err("torn"), Err("gone")]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct TryFlatten<S, U> {
        // The inner one first: it may borrow what the outer one lends.
        #[pin]
        inner: Option<U>,
        #[pin]
        outer: Option<S>,
    }
}

impl<S, U> TryFlatten<S, U> {
    pub(crate) const fn new(stream: S) -> Self {
        Self { inner: None, outer: Some(stream) }
    }
}

impl<S, U, T, E, F> Stream for TryFlatten<S, U>
where
    S: Stream<Item = Result<U, E>>,
    U: Stream<Item = Result<T, F>>,
    F: From<E>,
{
    type Item = Result<T, F>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<T, F>>> {
        let mut this = self.project();
        loop {
            if let Some(inner) = this.inner.as_mut().as_pin_mut() {
                if let Some(item) = ready!(inner.poll_next(cx)) {
                    return Poll::Ready(Some(item));
                }
                this.inner.set(None);
            }
            let Some(outer) = this.outer.as_mut().as_pin_mut() else { return Poll::Ready(None) };
            match ready!(outer.poll_next(cx)) {
                Some(Ok(inner)) => this.inner.set(Some(inner)),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                None => this.outer.set(None),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.inner.as_ref().map_or((0, Some(0)), Stream::size_hint);
        let more = self.outer.as_ref().is_some_and(|outer| outer.size_hint() != (0, Some(0)));
        (lower, upper.filter(|_| !more))
    }
}
