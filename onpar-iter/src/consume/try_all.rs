//! [`TryAll`]: whether a closure says yes to every value, if there is no error before.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`try_all`](crate::AsyncTryIterator::try_all).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncTryIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     let items = || [Ok(1), Ok(2), Err("gone")].into_async_iter();
///     assert_eq!(items().try_all(async |n| n < 2).await, Ok(false));
///     assert_eq!(items().try_all(async |n| n < 3).await, Err("gone"));
/// });
/// ```
#[derive(Clone, Debug)]
pub struct TryAll<E> {
    so_far: Result<bool, E>,
}

impl<E> TryAll<E> {
    pub(crate) const fn new() -> Self {
        Self { so_far: Ok(true) }
    }
}

impl<E> Consumer<Result<bool, E>> for TryAll<E> {
    type Output = Result<bool, E>;

    #[inline]
    fn take(&mut self, item: Result<bool, E>) -> ControlFlow<()> {
        if matches!(item, Ok(true)) {
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
