//! [`Sorted`]: all items in order.

use alloc::vec::{self, Vec};

use super::{Hold, Verdict};

/// The rule of [`sorted`](crate::AsyncItertools::sorted). It holds all items before it gives the first one, and allocates for
/// them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let sorted = [3, 1, 2].into_async_iter().sorted();
/// assert_eq!(pollster::block_on(sorted.collect::<Vec<_>>()), [1, 2, 3]);
/// ```
#[derive(Clone, Debug)]
pub struct Sorted<T> {
    items: Gathered<T>,
}

impl<T> Sorted<T> {
    pub(crate) const fn new() -> Self {
        Self { items: Gathered::new() }
    }
}

impl<T: Ord> Hold<T> for Sorted<T> {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        self.items.add(item);
        Verdict::Skip
    }

    #[inline]
    fn finish(&mut self) -> Option<T> {
        self.items.next_sorted(|items| items.sort())
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        self.items.size_hint(items)
    }
}

/// Items that are gathered until all have come, and given then.
#[derive(Clone, Debug)]
pub(super) enum Gathered<T> {
    Gathering(Vec<T>),
    Giving(vec::IntoIter<T>),
}

impl<T> Gathered<T> {
    pub(super) const fn new() -> Self {
        Self::Gathering(Vec::new())
    }

    #[inline]
    pub(super) fn add(&mut self, item: T) {
        if let Self::Gathering(items) = self {
            items.push(item);
        }
    }

    /// The next item, of all that were gathered and then sorted so.
    #[inline]
    pub(super) fn next_sorted(&mut self, sort: impl FnOnce(&mut Vec<T>)) -> Option<T> {
        if let Self::Gathering(items) = self {
            sort(items);
            *self = Self::Giving(core::mem::take(items).into_iter());
        }
        match self {
            Self::Giving(items) => items.next(),
            Self::Gathering(_) => None,
        }
    }

    pub(super) fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        let held = match self {
            Self::Gathering(items) => items.len(),
            Self::Giving(items) => items.len(),
        };
        (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)))
    }
}
