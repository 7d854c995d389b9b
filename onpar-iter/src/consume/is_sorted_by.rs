//! [`IsSortedBy`]: whether a closure says yes to each item and the next one.

use core::ops::ControlFlow;

use super::Accumulator;

/// The rule of [`is_sorted_by`](crate::AsyncIterator::is_sorted_by).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let rises = [1, 2, 2].into_async_iter().is_sorted_by(async |a, b| a < b);
/// assert!(!pollster::block_on(rises));
/// ```
#[derive(Clone, Debug)]
pub struct IsSortedBy<T> {
    last: Option<T>,
    sorted: bool,
}

impl<T> IsSortedBy<T> {
    pub(crate) const fn new() -> Self {
        Self { last: None, sorted: true }
    }
}

impl<T> Accumulator<T> for IsSortedBy<T> {
    type Args = (T, T);
    type Given = ((T, T), bool);
    type Output = bool;

    #[inline]
    fn take(&mut self, item: T) -> Option<(T, T)> {
        let Some(last) = self.last.take() else {
            self.last = Some(item);
            return None;
        };
        Some((last, item))
    }

    #[inline]
    fn give(&mut self, ((_, last), sorted): ((T, T), bool)) -> ControlFlow<()> {
        self.last = Some(last);
        self.sorted = sorted;
        if sorted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    #[inline]
    fn finish(self) -> bool {
        self.sorted
    }
}
