//! [`Any`]: whether a closure says yes to any item.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`any`](crate::AsyncIterator::any).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let any = [1, 4].into_async_iter().any(async |n| n % 2 == 0);
/// assert!(pollster::block_on(any));
/// ```
#[derive(Clone, Debug)]
pub struct Any {
    answer: bool,
}

impl Any {
    pub(crate) const fn new() -> Self {
        Self { answer: false }
    }
}

impl Consumer<bool> for Any {
    type Output = bool;

    #[inline]
    fn take(&mut self, yes: bool) -> ControlFlow<()> {
        self.answer = yes;
        if yes { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    #[inline]
    fn finish(self) -> bool {
        self.answer
    }
}
