//! [`IntoAsyncIterator`]: a collection or an iterator, as a stream.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;

/// Everything that can be iterated over, as a stream: an extension of `IntoIterator`.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let hosts = vec!["a", "b"];
/// let lengths = hosts.iter().into_async_iter().map(async |host| host.len());
/// assert_eq!(pollster::block_on(lengths.sum::<usize>()), 2);
/// ```
pub trait IntoAsyncIterator: IntoIterator {
    /// A stream of its items, each ready at once.
    fn into_async_iter(self) -> Iter<Self::IntoIter>;
}

impl<I: IntoIterator> IntoAsyncIterator for I {
    fn into_async_iter(self) -> Iter<I::IntoIter> {
        Iter { iterator: self.into_iter() }
    }
}

/// The stream of [`into_async_iter`](IntoAsyncIterator::into_async_iter): an iterator's items, each ready at once.
///
/// It does not yield to the executor by itself: a loop over many of its items, with nothing to wait for in it, is one poll.
///
/// # Cancel safety
///
/// Not being polled loses nothing.
///
/// # Examples
///
/// ```
/// use onpar_iter::{IntoAsyncIterator, Iter};
///
/// let numbers: Iter<std::ops::Range<u32>> = (0..3).into_async_iter();
/// assert!(numbers.into_inner().eq(0..3));
/// ```
#[derive(Clone, Debug)]
#[must_use = "streams do nothing unless polled"]
pub struct Iter<I> {
    iterator: I,
}

impl<I> Iter<I> {
    /// The iterator, with the items that have not been given.
    pub fn into_inner(self) -> I {
        self.iterator
    }
}

// The iterator is never pinned.
impl<I> Unpin for Iter<I> {}

impl<I: Iterator> Stream for Iter<I> {
    type Item = I::Item;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.iterator.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iterator.size_hint()
    }
}
