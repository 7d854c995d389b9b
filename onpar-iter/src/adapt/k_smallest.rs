//! [`KSmallest`]: the least items, in order.

use super::extremes::Extremes;
use super::{Hold, Verdict};

/// The rule of [`k_smallest`](crate::AsyncItertools::k_smallest). It holds so many items and no more, and allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let least = [3, 1, 2].into_async_iter().k_smallest(2);
/// assert_eq!(pollster::block_on(least.collect::<Vec<_>>()), [1, 2]);
/// ```
#[derive(Clone, Debug)]
pub struct KSmallest<T> {
    items: Extremes<T>,
}

impl<T: Ord> KSmallest<T> {
    pub(crate) const fn new(most: usize) -> Self {
        Self { items: Extremes::new(most) }
    }
}

impl<T: Ord> Hold<T> for KSmallest<T> {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        self.items.add(item);
        Verdict::Skip
    }

    #[inline]
    fn finish(&mut self) -> Option<T> {
        self.items.next()
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        self.items.size_hint(items)
    }
}
