//! [`Unique`]: of equal items the first.

use core::hash::Hash;
use std::collections::HashSet;

use super::{Step, Verdict};

/// The rule of [`unique`](crate::AsyncItertools::unique). It keeps a clone of each item that it has given, and allocates for
/// them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let hosts = ["a", "b", "a"].into_async_iter().unique();
/// assert_eq!(pollster::block_on(hosts.collect::<Vec<_>>()), ["a", "b"]);
/// ```
#[derive(Clone, Debug)]
pub struct Unique<T> {
    given: HashSet<T>,
}

impl<T> Unique<T> {
    pub(crate) fn new() -> Self {
        Self { given: HashSet::new() }
    }
}

impl<T: Clone + Eq + Hash> Step<T> for Unique<T> {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        if self.given.contains(&item) {
            return Verdict::Skip;
        }
        self.given.insert(item.clone());
        Verdict::Give(item)
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (usize::from(lower > 0 && self.given.is_empty()), upper)
    }
}
