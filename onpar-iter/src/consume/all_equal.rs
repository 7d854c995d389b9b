//! [`AllEqual`]: whether all items are equal.

use core::ops::ControlFlow;

use super::{AllEqualValue, AllEqualValueError, Consumer};

/// The rule of [`all_equal`](crate::AsyncItertools::all_equal).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// assert!(pollster::block_on([1, 1].into_async_iter().all_equal()));
/// assert!(!pollster::block_on([1, 2].into_async_iter().all_equal()));
/// ```
#[derive(Clone, Debug)]
pub struct AllEqual<T> {
    rule: AllEqualValue<T>,
}

impl<T> AllEqual<T> {
    pub(crate) const fn new() -> Self {
        Self { rule: AllEqualValue::new() }
    }
}

impl<T: PartialEq> Consumer<T> for AllEqual<T> {
    type Output = bool;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.rule.take(item)
    }

    #[inline]
    fn finish(self) -> bool {
        !matches!(self.rule.finish(), Err(AllEqualValueError(Some(_))))
    }
}
