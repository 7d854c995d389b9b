//! [`Min`]: the least item, and of equal ones the first.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`min`](crate::AsyncIterator::min).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let min = [2, 3, 1].into_async_iter().min();
/// assert_eq!(pollster::block_on(min), Some(1));
/// ```
#[derive(Clone, Debug)]
pub struct Min<T> {
    best: Option<T>,
}

impl<T> Min<T> {
    pub(crate) const fn new() -> Self {
        Self { best: None }
    }
}

impl<T: Ord> Consumer<T> for Min<T> {
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.best = Some(match self.best.take() {
            Some(best) if best.cmp(&item).is_le() => best,
            _ => item,
        });
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.best
    }
}
