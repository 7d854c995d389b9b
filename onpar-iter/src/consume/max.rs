//! [`Max`]: the greatest item, and of equal ones the last.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`max`](crate::AsyncIterator::max).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let max = [2, 3, 1].into_async_iter().max();
/// assert_eq!(pollster::block_on(max), Some(3));
/// ```
#[derive(Clone, Debug)]
pub struct Max<T> {
    best: Option<T>,
}

impl<T> Max<T> {
    pub(crate) const fn new() -> Self {
        Self { best: None }
    }
}

impl<T: Ord> Consumer<T> for Max<T> {
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.best = Some(match self.best.take() {
            Some(best) if best.cmp(&item).is_gt() => best,
            _ => item,
        });
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.best
    }
}
