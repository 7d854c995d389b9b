//! [`Counts`]: how many there are of each item.

use core::hash::Hash;
use core::ops::ControlFlow;
use std::collections::HashMap;

use super::Consumer;

/// The rule of [`counts`](crate::AsyncItertools::counts) and [`counts_by`](crate::AsyncItertools::counts_by). It allocates for
/// the map.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let letters = pollster::block_on("aab".chars().into_async_iter().counts());
/// assert_eq!((letters[&'a'], letters[&'b']), (2, 1));
/// ```
#[derive(Clone, Debug)]
pub struct Counts<T> {
    counts: HashMap<T, usize>,
}

impl<T> Counts<T> {
    pub(crate) fn new() -> Self {
        Self { counts: HashMap::new() }
    }
}

impl<T: Eq + Hash> Consumer<T> for Counts<T> {
    type Output = HashMap<T, usize>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        *self.counts.entry(item).or_default() += 1;
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> HashMap<T, usize> {
        self.counts
    }
}
