//! [`StepBy`]: the first item, and then every so many.

use core::num::NonZero;

use super::{Step, Verdict};

/// The rule of [`step_by`](crate::AsyncIterator::step_by).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
///
/// let thirds = (0..8).into_async_iter().step_by(limit!(3));
/// assert_eq!(pollster::block_on(thirds.collect::<Vec<_>>()), [0, 3, 6]);
/// ```
#[derive(Clone, Debug)]
pub struct StepBy {
    step: NonZero<usize>,
    /// How many come before the next one that is given.
    between: usize,
}

impl StepBy {
    pub(crate) const fn new(step: NonZero<usize>) -> Self {
        Self { step, between: 0 }
    }

    fn of(&self, items: usize) -> usize {
        items.saturating_sub(self.between).div_ceil(self.step.get())
    }
}

impl<T> Step<T> for StepBy {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        if self.between == 0 {
            self.between = self.step.get() - 1;
            return Verdict::Give(item);
        }
        self.between -= 1;
        Verdict::Skip
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (self.of(lower), upper.map(|upper| self.of(upper)))
    }
}
