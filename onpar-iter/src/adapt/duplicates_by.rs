//! [`DuplicatesBy`]: of items with equal keys the second.

use core::hash::Hash;
use std::collections::HashMap;

use super::{Step, Verdict};

/// The rule of [`duplicates_by`](crate::AsyncItertools::duplicates_by). It keeps all keys, and allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let twice = ["a", "bb", "c", "d"].into_async_iter().duplicates_by(async |text| text.len());
/// assert_eq!(pollster::block_on(twice.collect::<Vec<_>>()), ["c"]);
/// ```
#[derive(Clone, Debug)]
pub struct DuplicatesBy<K> {
    seen: Occurrences<K>,
}

impl<K> DuplicatesBy<K> {
    pub(crate) fn new() -> Self {
        Self { seen: Occurrences::new() }
    }
}

impl<T, K: Eq + Hash> Step<(T, K)> for DuplicatesBy<K> {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, key): (T, K)) -> Verdict<T> {
        Verdict::give(self.seen.is_second(key).then_some(item))
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, self.seen.at_most(upper))
    }
}

/// Which keys have come once, and which more often.
#[derive(Clone, Debug)]
pub(super) struct Occurrences<K> {
    /// Whether it has come again.
    again: HashMap<K, bool>,
    /// How many have not.
    once: usize,
}

impl<K> Occurrences<K> {
    pub(super) fn new() -> Self {
        Self { again: HashMap::new(), once: 0 }
    }

    /// Whether the key has come just once before.
    #[inline]
    pub(super) fn is_second(&mut self, key: K) -> bool
    where
        K: Eq + Hash,
    {
        let Some(again) = self.again.get_mut(&key) else {
            self.again.insert(key, false);
            self.once += 1;
            return false;
        };
        if *again {
            return false;
        }
        *again = true;
        self.once -= 1;
        true
    }

    /// How many of so many items can be the second of their key: each of those that have come once, and of the others half.
    pub(super) fn at_most(&self, items: Option<usize>) -> Option<usize> {
        let items = items?;
        Some(if items <= self.once { items } else { self.once + (items - self.once) / 2 })
    }
}
