//! [`Find`]: the first item that a closure says yes to.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`find`](crate::AsyncIterator::find).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let even = [1, 4, 6].into_async_iter().find(async |n| n % 2 == 0);
/// assert_eq!(pollster::block_on(even), Some(4));
/// ```
#[derive(Clone, Debug)]
pub struct Find<T> {
    found: Option<T>,
}

impl<T> Find<T> {
    pub(crate) const fn new() -> Self {
        Self { found: None }
    }
}

impl<T> Consumer<(T, bool)> for Find<T> {
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, (item, yes): (T, bool)) -> ControlFlow<()> {
        if yes {
            self.found = Some(item);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.found
    }
}
