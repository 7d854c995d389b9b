//! [`UniqueBy`]: of items with equal keys the first.

use core::hash::Hash;
use std::collections::HashSet;

use super::{Step, Verdict};

/// The rule of [`unique_by`](crate::AsyncItertools::unique_by). It keeps the key of each item that it has given, and
/// allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let lengths = ["a", "bb", "c"].into_async_iter().unique_by(async |text| text.len());
/// assert_eq!(pollster::block_on(lengths.collect::<Vec<_>>()), ["a", "bb"]);
/// ```
#[derive(Clone, Debug)]
pub struct UniqueBy<K> {
    given: HashSet<K>,
}

impl<K> UniqueBy<K> {
    pub(crate) fn new() -> Self {
        Self { given: HashSet::new() }
    }
}

impl<T, K: Eq + Hash> Step<(T, K)> for UniqueBy<K> {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, key): (T, K)) -> Verdict<T> {
        Verdict::give(self.given.insert(key).then_some(item))
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (usize::from(lower > 0 && self.given.is_empty()), upper)
    }
}
