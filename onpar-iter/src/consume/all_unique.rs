//! [`AllUnique`]: whether no two items are equal.

use core::hash::Hash;
use core::ops::ControlFlow;
use std::collections::HashSet;

use super::Consumer;

/// The rule of [`all_unique`](crate::AsyncItertools::all_unique). It keeps all items, and allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// assert!(pollster::block_on([1, 2].into_async_iter().all_unique()));
/// assert!(!pollster::block_on([1, 2, 1].into_async_iter().all_unique()));
/// ```
#[derive(Clone, Debug)]
pub struct AllUnique<T> {
    seen: HashSet<T>,
    unique: bool,
}

impl<T> AllUnique<T> {
    pub(crate) fn new() -> Self {
        Self { seen: HashSet::new(), unique: true }
    }
}

impl<T: Eq + Hash> Consumer<T> for AllUnique<T> {
    type Output = bool;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.unique = self.seen.insert(item);
        if self.unique { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    #[inline]
    fn finish(self) -> bool {
        self.unique
    }
}
