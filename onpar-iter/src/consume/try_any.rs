//! [`TryAny`]: whether a closure says yes to any value, if there is no error before.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`try_any`](crate::AsyncTryIterator::try_any).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncTryIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     let items = || [Ok(1), Err("gone"), Ok(2)].into_async_iter();
///     assert_eq!(items().try_any(async |n| n == 1).await, Ok(true));
///     assert_eq!(items().try_any(async |n| n == 2).await, Err("gone"));
/// });
/// ```
#[derive(Clone, Debug)]
pub struct TryAny<E> {
    so_far: Result<bool, E>,
}

impl<E> TryAny<E> {
    pub(crate) const fn new() -> Self {
        Self { so_far: Ok(false) }
    }
}

impl<E> Consumer<Result<bool, E>> for TryAny<E> {
    type Output = Result<bool, E>;

    #[inline]
    fn take(&mut self, item: Result<bool, E>) -> ControlFlow<()> {
        if matches!(item, Ok(false)) {
            return ControlFlow::Continue(());
        }
        self.so_far = item;
        ControlFlow::Break(())
    }

    #[inline]
    fn finish(self) -> Result<bool, E> {
        self.so_far
    }
}
