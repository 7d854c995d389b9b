//! [`repeat`]: one item again and again.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;

/// Clones of one item, without end, each ready at once.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, repeat};
///
/// assert_eq!(pollster::block_on(repeat("la").take(3).collect::<String>()), "lalala");
/// ```
pub const fn repeat<T: Clone>(item: T) -> Repeat<T> {
    Repeat { item }
}

/// The stream of [`repeat`].
///
/// # Cancel safety
///
/// There is nothing to lose.
///
/// # Examples
///
/// ```
/// let ones: onpar_iter::source::Repeat<u8> = onpar_iter::repeat(1);
/// ```
#[derive(Clone, Debug)]
#[must_use = "streams do nothing unless polled"]
pub struct Repeat<T> {
    item: T,
}

// The item is never pinned.
impl<T> Unpin for Repeat<T> {}

impl<T: Clone> Stream for Repeat<T> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(Some(self.item.clone()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }
}
