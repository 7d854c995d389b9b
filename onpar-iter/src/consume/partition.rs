//! [`Partition`]: two collections: the items that a closure says yes to, and the others.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`partition`](crate::AsyncIterator::partition).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let parted = [1, 2, 3].into_async_iter().partition(async |n| n % 2 == 0);
/// assert_eq!(pollster::block_on(parted), (vec![2], vec![1, 3]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Partition<C> {
    parts: (C, C),
}

impl<T, C: Extend<T>> Consumer<(T, bool)> for Partition<C> {
    type Output = (C, C);

    #[inline]
    fn take(&mut self, (item, yes): (T, bool)) -> ControlFlow<()> {
        let part = if yes { &mut self.parts.0 } else { &mut self.parts.1 };
        part.extend(Some(item));
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> (C, C) {
        self.parts
    }
}
