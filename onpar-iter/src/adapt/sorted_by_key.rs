//! [`SortedByKey`]: all items in the order of their keys.

use super::sorted::Gathered;
use super::{Hold, Verdict};

/// The rule of [`sorted_by_key`](crate::AsyncItertools::sorted_by_key). It holds all items with their keys before it gives
/// the first one, and allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let sorted = ["ccc", "a", "bb"].into_async_iter().sorted_by_key(async |text| text.len());
/// assert_eq!(pollster::block_on(sorted.collect::<Vec<_>>()), ["a", "bb", "ccc"]);
/// ```
#[derive(Clone, Debug)]
pub struct SortedByKey<T, K> {
    items: Gathered<(T, K)>,
}

impl<T, K> SortedByKey<T, K> {
    pub(crate) const fn new() -> Self {
        Self { items: Gathered::new() }
    }
}

impl<T, K: Ord> Hold<(T, K)> for SortedByKey<T, K> {
    type Output = T;

    #[inline]
    fn step(&mut self, item: (T, K)) -> Verdict<T> {
        self.items.add(item);
        Verdict::Skip
    }

    #[inline]
    fn finish(&mut self) -> Option<T> {
        self.items.next_sorted(|items| items.sort_by(|(_, a), (_, b)| a.cmp(b))).map(|(item, _)| item)
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        self.items.size_hint(items)
    }
}
