//! [`ForEach`]: a closure called for each item, and nothing left of it.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`for_each`](crate::AsyncIterator::for_each).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     let seen = std::sync::Mutex::new(vec![]);
///     [1, 2].into_async_iter().for_each(async |n| seen.lock().unwrap().push(n)).await;
///     assert_eq!(seen.into_inner().unwrap(), [1, 2]);
/// });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ForEach;

impl Consumer<()> for ForEach {
    type Output = ();

    #[inline]
    fn take(&mut self, (): ()) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) {}
}
