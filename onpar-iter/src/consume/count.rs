//! [`Count`]: how many items there are.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`count`](crate::AsyncIterator::count).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let count = [7, 8, 9].into_async_iter().count();
/// assert_eq!(pollster::block_on(count), 3);
/// ```
#[derive(Clone, Debug)]
pub struct Count {
    items: usize,
}

impl Count {
    pub(crate) const fn new() -> Self {
        Self { items: 0 }
    }
}

impl<T> Consumer<T> for Count {
    type Output = usize;

    #[inline]
    fn take(&mut self, _: T) -> ControlFlow<()> {
        self.items += 1;
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> usize {
        self.items
    }
}
