//! [`TryNext`]: the next value of a stream of results.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;

/// The future of [`try_next`](crate::AsyncTryIterator::try_next).
///
/// # Cancel safety
///
/// Loses nothing: what the stream has begun, it goes on with when it is asked again.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct TryNext<'a, S: ?Sized> {
    stream: &'a mut S,
}

impl<'a, S: ?Sized> TryNext<'a, S> {
    pub(crate) const fn new(stream: &'a mut S) -> Self {
        Self { stream }
    }
}

impl<T, E, S: Stream<Item = Result<T, E>> + Unpin + ?Sized> Future for TryNext<'_, S> {
    type Output = Result<Option<T>, E>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.stream).poll_next(cx).map(Option::transpose)
    }
}

impl<S: ?Sized> fmt::Debug for TryNext<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TryNext").finish_non_exhaustive()
    }
}
