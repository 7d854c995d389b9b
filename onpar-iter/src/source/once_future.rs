//! [`once_future`]: a future's output, as a stream of one item.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;

/// A future's output, as a stream of one item: what std's `once_with` is for, and `futures`' `once`.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, once_future};
///
/// async fn header() -> &'static str { "name" }
///
/// let lines = once_future(header()).chain(["a", "b"].into_async_iter());
/// assert_eq!(pollster::block_on(lines.collect::<Vec<_>>()), ["name", "a", "b"]);
/// ```
pub const fn once_future<Fut: Future>(future: Fut) -> OnceFuture<Fut> {
    OnceFuture { future: Some(future) }
}

pin_project! {
    /// The stream of [`once_future`].
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the future. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the future passes on. Polled again, the stream has ended.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::future::{Ready, ready};
    ///
    /// let one: onpar_iter::source::OnceFuture<Ready<u8>> = onpar_iter::once_future(ready(1));
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct OnceFuture<Fut> {
        #[pin]
        future: Option<Fut>,
    }
}

impl<Fut: Future> Stream for OnceFuture<Fut> {
    type Item = Fut::Output;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Fut::Output>> {
        // Gone at the end, and after a panic too.
        let mut place = Emptied { place: self.project().future, is_pending: false };
        let Some(future) = place.place.as_mut().as_pin_mut() else { return Poll::Ready(None) };
        let polled = future.poll(cx);
        place.is_pending = polled.is_pending();
        polled.map(Some)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.future.is_some());
        (left, Some(left))
    }
}

impl<Fut: Future> FusedStream for OnceFuture<Fut> {
    fn is_terminated(&self) -> bool {
        self.future.is_none()
    }
}

/// Drops the future, unless it is pending.
struct Emptied<'a, Fut> {
    place: Pin<&'a mut Option<Fut>>,
    is_pending: bool,
}

impl<Fut> Drop for Emptied<'_, Fut> {
    #[inline]
    fn drop(&mut self) {
        if !self.is_pending {
            self.place.set(None);
        }
    }
}
