//! [`MinBy`]: the least item by a closure that compares two, and of equal ones the first.

use core::cmp::Ordering;
use core::ops::ControlFlow;

use super::Accumulator;

/// The rule of [`min_by`](crate::AsyncIterator::min_by).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let min = [1, -3, 2_i32].into_async_iter().min_by(async |a, b| a.abs().cmp(&b.abs()));
/// assert_eq!(pollster::block_on(min), Some(1));
/// ```
#[derive(Clone, Debug)]
pub struct MinBy<T> {
    best: Option<T>,
}

impl<T> MinBy<T> {
    pub(crate) const fn new() -> Self {
        Self { best: None }
    }
}

impl<T> Accumulator<T> for MinBy<T> {
    type Args = (T, T);
    type Given = ((T, T), Ordering);
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, item: T) -> Option<(T, T)> {
        let Some(best) = self.best.take() else {
            self.best = Some(item);
            return None;
        };
        Some((best, item))
    }

    #[inline]
    fn give(&mut self, ((left, right), order): ((T, T), Ordering)) -> ControlFlow<()> {
        self.best = Some(if order.is_gt() { right } else { left });
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.best
    }
}
