//! [`KSmallestByKey`]: the items with the least keys, in order.

use core::cmp::Ordering;

use super::extremes::Extremes;
use super::{Hold, Verdict};

/// The rule of [`k_smallest_by_key`](crate::AsyncItertools::k_smallest_by_key). It holds so many items with their keys and no
/// more, and allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let short = ["ccc", "a", "bb"].into_async_iter().k_smallest_by_key(2, async |text| text.len());
/// assert_eq!(pollster::block_on(short.collect::<Vec<_>>()), ["a", "bb"]);
/// ```
#[derive(Clone, Debug)]
pub struct KSmallestByKey<T, K> {
    items: Extremes<Keyed<T, K>>,
    numbers: u64,
}

impl<T, K: Ord> KSmallestByKey<T, K> {
    pub(crate) const fn new(most: usize) -> Self {
        Self { items: Extremes::new(most), numbers: 0 }
    }
}

impl<T, K: Ord> Hold<(T, K)> for KSmallestByKey<T, K> {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, key): (T, K)) -> Verdict<T> {
        self.items.add(Keyed { key, number: self.numbers, item });
        self.numbers += 1;
        Verdict::Skip
    }

    #[inline]
    fn finish(&mut self) -> Option<T> {
        self.items.next().map(|keyed| keyed.item)
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        self.items.size_hint(items)
    }
}

/// An item in the order of its key, and of those with the same key in the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Keyed<T, K> {
    pub(super) key: K,
    pub(super) number: u64,
    pub(super) item: T,
}

impl<T, K: Ord> Ord for Keyed<T, K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key).then_with(|| self.number.cmp(&other.number))
    }
}

impl<T, K: Ord> PartialOrd for Keyed<T, K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T, K: Ord> PartialEq for Keyed<T, K> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T, K: Ord> Eq for Keyed<T, K> {}
