//! [`ExtendInto`]: every item, put into a collection that is there already.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`extend_into`](crate::AsyncIterator::extend_into).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let mut numbers = vec![1];
/// pollster::block_on([2, 3].into_async_iter().extend_into(&mut numbers));
/// assert_eq!(numbers, [1, 2, 3]);
/// ```
#[derive(Debug)]
pub struct ExtendInto<'c, C> {
    collection: &'c mut C,
}

impl<'c, C> ExtendInto<'c, C> {
    pub(crate) const fn new(collection: &'c mut C) -> Self {
        Self { collection }
    }
}

impl<T, C: Extend<T>> Consumer<T> for ExtendInto<'_, C> {
    type Output = ();

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.collection.extend(Some(item));
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) {}
}
