//! [`KLargestByKey`]: the items with the greatest keys, in order.

use core::cmp::Reverse;

use super::{Hold, KSmallestByKey, Verdict};

/// The rule of [`k_largest_by_key`](crate::AsyncItertools::k_largest_by_key). It holds so many items with their keys and no
/// more, and allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let long = ["ccc", "a", "bb"].into_async_iter().k_largest_by_key(2, async |text| text.len());
/// assert_eq!(pollster::block_on(long.collect::<Vec<_>>()), ["ccc", "bb"]);
/// ```
#[derive(Clone, Debug)]
pub struct KLargestByKey<T, K> {
    rule: KSmallestByKey<T, Reverse<K>>,
}

impl<T, K: Ord> KLargestByKey<T, K> {
    pub(crate) const fn new(most: usize) -> Self {
        Self { rule: KSmallestByKey::new(most) }
    }
}

impl<T, K: Ord> Hold<(T, K)> for KLargestByKey<T, K> {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, key): (T, K)) -> Verdict<T> {
        self.rule.step((item, Reverse(key)))
    }

    #[inline]
    fn finish(&mut self) -> Option<T> {
        self.rule.finish()
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        <KSmallestByKey<T, Reverse<K>> as Hold<(T, Reverse<K>)>>::size_hint(&self.rule, items)
    }
}
