//! [`once`]: a stream of one item.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::{FusedStream, Stream};

/// A stream of one item, ready at once. [`once_future`](super::once_future) has one that takes its time.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, once};
///
/// let all = once(0).chain([1, 2].into_async_iter());
/// assert_eq!(pollster::block_on(all.collect::<Vec<_>>()), [0, 1, 2]);
/// ```
pub const fn once<T>(item: T) -> Once<T> {
    Once { item: Some(item) }
}

/// The stream of [`once`].
///
/// # Cancel safety
///
/// Not being polled loses nothing.
///
/// # Examples
///
/// ```
/// let one: onpar_iter::source::Once<u8> = onpar_iter::once(1);
/// ```
#[derive(Clone, Debug)]
#[must_use = "streams do nothing unless polled"]
pub struct Once<T> {
    item: Option<T>,
}

// The item is never pinned.
impl<T> Unpin for Once<T> {}

impl<T> Stream for Once<T> {
    type Item = T;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.item.take())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.item.is_some());
        (left, Some(left))
    }
}

impl<T> FusedStream for Once<T> {
    fn is_terminated(&self) -> bool {
        self.item.is_none()
    }
}
