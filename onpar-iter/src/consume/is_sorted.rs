//! [`IsSorted`]: whether each item is at most the next one.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`is_sorted`](crate::AsyncIterator::is_sorted).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     assert!([1, 2, 2].into_async_iter().is_sorted().await);
///     assert!(![1, 2, 2].into_async_iter().is_sorted_by_key(async |n| -n).await);
/// });
/// ```
#[derive(Clone, Debug)]
pub struct IsSorted<T> {
    last: Option<T>,
    sorted: bool,
}

impl<T> IsSorted<T> {
    pub(crate) const fn new() -> Self {
        Self { last: None, sorted: true }
    }
}

impl<T: PartialOrd> Consumer<T> for IsSorted<T> {
    type Output = bool;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.sorted = self.last.as_ref().is_none_or(|last| *last <= item);
        self.last = Some(item);
        if self.sorted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    #[inline]
    fn finish(self) -> bool {
        self.sorted
    }
}
