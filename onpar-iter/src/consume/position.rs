//! [`Position`]: the number of the first item that a closure says yes to.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`position`](crate::AsyncIterator::position).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let position = [7, 8, 9].into_async_iter().position(async |n| n == 8);
/// assert_eq!(pollster::block_on(position), Some(1));
/// ```
#[derive(Clone, Debug)]
pub struct Position {
    before: usize,
    found: bool,
}

impl Position {
    pub(crate) const fn new() -> Self {
        Self { before: 0, found: false }
    }
}

impl Consumer<bool> for Position {
    type Output = Option<usize>;

    #[inline]
    fn take(&mut self, yes: bool) -> ControlFlow<()> {
        if yes {
            self.found = true;
            return ControlFlow::Break(());
        }
        self.before += 1;
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<usize> {
        self.found.then_some(self.before)
    }
}
