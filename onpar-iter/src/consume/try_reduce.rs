//! [`TryReduce`]: one item, made by a closure of all one after another, if it does not fail before.

use core::ops::ControlFlow;

use super::Accumulator;
use crate::{Try as _, TryWith};

/// The rule of [`try_reduce`](crate::AsyncItertools::try_reduce).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let sum = [100_u8, 100, 100].into_async_iter().try_reduce(async |a, b| a.checked_add(b));
/// assert_eq!(pollster::block_on(sum), None);
/// let sum = [100_u8, 100].into_async_iter().try_reduce(async |a, b| a.checked_add(b));
/// assert_eq!(pollster::block_on(sum), Some(Some(200)));
/// ```
#[derive(Clone, Debug)]
pub struct TryReduce<T, R> {
    accumulated: Option<T>,
    end: Option<R>,
}

impl<T, R> TryReduce<T, R> {
    pub(crate) const fn new() -> Self {
        Self { accumulated: None, end: None }
    }
}

impl<T, R> Accumulator<T> for TryReduce<T, R>
where
    R: TryWith<Option<T>, Output = T>,
{
    type Args = (T, T);
    type Given = R;
    type Output = R::Changed;

    #[inline]
    fn take(&mut self, item: T) -> Option<(T, T)> {
        let Some(accumulated) = self.accumulated.take() else {
            self.accumulated = Some(item);
            return None;
        };
        Some((accumulated, item))
    }

    #[inline]
    fn give(&mut self, result: R) -> ControlFlow<()> {
        match result.branch() {
            ControlFlow::Continue(accumulated) => {
                self.accumulated = Some(accumulated);
                ControlFlow::Continue(())
            }
            ControlFlow::Break(end) => {
                self.end = Some(end);
                ControlFlow::Break(())
            }
        }
    }

    #[inline]
    fn finish(self) -> R::Changed {
        match self.end.map(R::branch_with) {
            Some(ControlFlow::Break(end)) => end,
            _ => R::Changed::from_output(self.accumulated),
        }
    }
}
