//! [`Last`]: the last item.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`last`](crate::AsyncIterator::last).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let last = [7, 8, 9].into_async_iter().last();
/// assert_eq!(pollster::block_on(last), Some(9));
/// ```
#[derive(Clone, Debug)]
pub struct Last<T> {
    item: Option<T>,
}

impl<T> Last<T> {
    pub(crate) const fn new() -> Self {
        Self { item: None }
    }
}

impl<T> Consumer<T> for Last<T> {
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.item = Some(item);
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.item
    }
}
