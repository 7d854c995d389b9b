//! [`MaxSet`]: all greatest items.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`max_set`](crate::AsyncItertools::max_set). It allocates for the items that it gives.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let greatest = [2, 1, 2, 1].into_async_iter().max_set();
/// assert_eq!(pollster::block_on(greatest), [2, 2]);
/// ```
#[derive(Clone, Debug)]
pub struct MaxSet<T> {
    best: Vec<T>,
}

impl<T> MaxSet<T> {
    pub(crate) const fn new() -> Self {
        Self { best: Vec::new() }
    }
}

impl<T: Ord> Consumer<T> for MaxSet<T> {
    type Output = Vec<T>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        match self.best.first().map_or(Ordering::Equal, |best| item.cmp(best)) {
            Ordering::Equal => self.best.push(item),
            Ordering::Greater => {
                self.best.clear();
                self.best.push(item);
            }
            Ordering::Less => {}
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Vec<T> {
        self.best
    }
}
