//! [`PartitionResult`]: two collections: the values, and the errors.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`partition_result`](crate::AsyncTryIterator::partition_result).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncTryIterator, IntoAsyncIterator};
///
/// let parted = [Ok(1), Err("gone"), Ok(2)].into_async_iter().partition_result();
/// assert_eq!(pollster::block_on(parted), (vec![1, 2], vec!["gone"]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct PartitionResult<A, B> {
    values: A,
    errors: B,
}

impl<T, E, A: Extend<T>, B: Extend<E>> Consumer<Result<T, E>> for PartitionResult<A, B> {
    type Output = (A, B);

    #[inline]
    fn take(&mut self, item: Result<T, E>) -> ControlFlow<()> {
        match item {
            Ok(value) => self.values.extend(Some(value)),
            Err(error) => self.errors.extend(Some(error)),
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> (A, B) {
        (self.values, self.errors)
    }
}
