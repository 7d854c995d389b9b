//! [`repeat_n`]: one item so many times.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::{FusedStream, Stream};

/// One item so many times, each ready at once: clones, and at last the item itself.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, repeat_n};
///
/// assert_eq!(pollster::block_on(repeat_n("la", 2).collect::<String>()), "lala");
/// ```
pub fn repeat_n<T: Clone>(item: T, count: usize) -> RepeatN<T> {
    RepeatN { item: (count > 0).then_some(item), count }
}

/// The stream of [`repeat_n`].
///
/// # Cancel safety
///
/// Not being polled loses nothing.
///
/// # Examples
///
/// ```
/// let two: onpar_iter::source::RepeatN<u8> = onpar_iter::repeat_n(1, 2);
/// ```
#[derive(Clone, Debug)]
#[must_use = "streams do nothing unless polled"]
pub struct RepeatN<T> {
    item: Option<T>,
    count: usize,
}

// The item is never pinned.
impl<T> Unpin for RepeatN<T> {}

impl<T: Clone> Stream for RepeatN<T> {
    type Item = T;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        self.count = self.count.saturating_sub(1);
        Poll::Ready(if self.count == 0 { self.item.take() } else { self.item.clone() })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.count, Some(self.count))
    }
}

impl<T: Clone> FusedStream for RepeatN<T> {
    fn is_terminated(&self) -> bool {
        self.count == 0
    }
}
