//! [`All`]: whether a closure says yes to every item.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`all`](crate::AsyncIterator::all).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let all = [2, 4].into_async_iter().all(async |n| n % 2 == 0);
/// assert!(pollster::block_on(all));
/// ```
#[derive(Clone, Debug)]
pub struct All {
    answer: bool,
}

impl All {
    pub(crate) const fn new() -> Self {
        Self { answer: true }
    }
}

impl Consumer<bool> for All {
    type Output = bool;

    #[inline]
    fn take(&mut self, yes: bool) -> ControlFlow<()> {
        self.answer = yes;
        if yes { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    #[inline]
    fn finish(self) -> bool {
        self.answer
    }
}
