//! [`Flatten`]: the items of the streams that a stream gives.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::Map;

/// The stream of [`flat_map`](crate::AsyncIterator::flat_map).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let steps = [2, 3].into_async_iter().flat_map(async |n| (0..n).into_async_iter());
/// assert_eq!(pollster::block_on(steps.collect::<Vec<_>>()), [0, 1, 0, 1, 2]);
/// ```
pub type FlatMap<S, C, U> = Flatten<Map<S, C>, U>;

pin_project! {
    /// The stream of [`flatten`](crate::AsyncIterator::flatten).
    ///
    /// As in std, nothing is asked of the outer stream after its end.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the inner stream with what it has not given. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
    ///
    /// let texts = ["ab", "c"].into_async_iter().map(async |text| text.chars().into_async_iter());
    /// assert_eq!(pollster::block_on(texts.flatten().collect::<String>()), "abc");
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Flatten<S, U> {
        // The inner one first: it may borrow what the outer one lends.
        #[pin]
        inner: Option<U>,
        #[pin]
        outer: Option<S>,
    }
}

impl<S, U> Flatten<S, U> {
    pub(crate) const fn new(stream: S) -> Self {
        Self { inner: None, outer: Some(stream) }
    }
}

impl<S: Stream<Item = U>, U: Stream> Stream for Flatten<S, U> {
    type Item = U::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<U::Item>> {
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
                Some(inner) => this.inner.set(Some(inner)),
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
