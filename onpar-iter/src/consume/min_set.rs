//! [`MinSet`]: all least items.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`min_set`](crate::AsyncItertools::min_set). It allocates for the items that it gives.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let least = [2, 1, 2, 1].into_async_iter().min_set();
/// assert_eq!(pollster::block_on(least), [1, 1]);
/// ```
#[derive(Clone, Debug)]
pub struct MinSet<T> {
    best: Vec<T>,
}

impl<T> MinSet<T> {
    pub(crate) const fn new() -> Self {
        Self { best: Vec::new() }
    }
}

impl<T: Ord> Consumer<T> for MinSet<T> {
    type Output = Vec<T>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        match self.best.first().map_or(Ordering::Equal, |best| item.cmp(best)) {
            Ordering::Equal => self.best.push(item),
            Ordering::Less => {
                self.best.clear();
                self.best.push(item);
            }
            Ordering::Greater => {}
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Vec<T> {
        self.best
    }
}
