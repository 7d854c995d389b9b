//! [`Duplicates`]: of equal items the second.

use core::hash::Hash;

use super::duplicates_by::Occurrences;
use super::{Step, Verdict};

/// The rule of [`duplicates`](crate::AsyncItertools::duplicates). It keeps each item that came first or a clone of it, and
/// allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let twice = ["a", "b", "a", "a"].into_async_iter().duplicates();
/// assert_eq!(pollster::block_on(twice.collect::<Vec<_>>()), ["a"]);
/// ```
#[derive(Clone, Debug)]
pub struct Duplicates<T> {
    seen: Occurrences<T>,
}

impl<T> Duplicates<T> {
    pub(crate) fn new() -> Self {
        Self { seen: Occurrences::new() }
    }
}

impl<T: Clone + Eq + Hash> Step<T> for Duplicates<T> {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        Verdict::give(self.seen.is_second(item.clone()).then_some(item))
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, self.seen.at_most(upper))
    }
}
