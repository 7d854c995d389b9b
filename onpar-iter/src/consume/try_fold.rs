//! [`TryFold`]: one value, made of all items one after another, until there is an error or a break.

use core::ops::ControlFlow;

use super::Accumulator;
use crate::Try;

/// The rule of [`try_fold`](crate::AsyncIterator::try_fold).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let add = async |sum: u8, n: u8| sum.checked_add(n).ok_or("too large");
/// let sum = [100, 100, 100].into_async_iter().try_fold(0, add);
/// assert_eq!(pollster::block_on(sum), Err("too large"));
/// ```
#[derive(Clone, Debug)]
pub struct TryFold<A, R> {
    // `None` while the closure has it.
    accumulated: Option<A>,
    end: Option<R>,
}

impl<A, R> TryFold<A, R> {
    pub(crate) const fn new(start: A) -> Self {
        Self { accumulated: Some(start), end: None }
    }
}

impl<T, A, R: Try<Output = A>> Accumulator<T> for TryFold<A, R> {
    type Args = (A, T);
    type Given = R;
    type Output = R;

    #[inline]
    fn take(&mut self, item: T) -> Option<(A, T)> {
        Some((self.accumulated.take()?, item))
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
    fn finish(self) -> R {
        match (self.end, self.accumulated) {
            (Some(end), _) => end,
            (None, Some(accumulated)) => R::from_output(accumulated),
            (None, None) => panic!("what was accumulated went with the closure that panicked: start anew"),
        }
    }
}
