//! [`Nth`]: the item with a number, counted from 0.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`nth`](crate::AsyncIterator::nth).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let third = [7, 8, 9].into_async_iter().nth(2);
/// assert_eq!(pollster::block_on(third), Some(9));
/// ```
#[derive(Clone, Debug)]
pub struct Nth<T> {
    before: usize,
    item: Option<T>,
}

impl<T> Nth<T> {
    pub(crate) const fn new(number: usize) -> Self {
        Self { before: number, item: None }
    }
}

impl<T> Consumer<T> for Nth<T> {
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        if self.before == 0 {
            self.item = Some(item);
            return ControlFlow::Break(());
        }
        self.before -= 1;
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.item
    }
}
