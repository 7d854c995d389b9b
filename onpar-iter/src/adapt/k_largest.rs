//! [`KLargest`]: the greatest items, in order.

use core::cmp::Reverse;

use super::extremes::Extremes;
use super::{Hold, Verdict};

/// The rule of [`k_largest`](crate::AsyncItertools::k_largest). It holds so many items and no more, and allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let greatest = [3, 1, 2].into_async_iter().k_largest(2);
/// assert_eq!(pollster::block_on(greatest.collect::<Vec<_>>()), [3, 2]);
/// ```
#[derive(Clone, Debug)]
pub struct KLargest<T> {
    items: Extremes<Reverse<T>>,
}

impl<T: Ord> KLargest<T> {
    pub(crate) const fn new(most: usize) -> Self {
        Self { items: Extremes::new(most) }
    }
}

impl<T: Ord> Hold<T> for KLargest<T> {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        self.items.add(Reverse(item));
        Verdict::Skip
    }

    #[inline]
    fn finish(&mut self) -> Option<T> {
        self.items.next().map(|Reverse(item)| item)
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        self.items.size_hint(items)
    }
}
