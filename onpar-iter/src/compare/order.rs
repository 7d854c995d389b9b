//! [`Order`]: whether one sequence is less than another, or at most, or greater, or at least.

use core::cmp::Ordering;
use core::ops::ControlFlow;

use super::{Comparison, PartialCmp};

/// The rule of [`lt`](crate::AsyncIterator::lt), [`le`](crate::AsyncIterator::le), [`gt`](crate::AsyncIterator::gt) and
/// [`ge`](crate::AsyncIterator::ge).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     assert!([1, 2].into_async_iter().lt([1, 3].into_async_iter()).await);
///     assert!([1, 2].into_async_iter().ge([1].into_async_iter()).await);
/// });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// Which orders are meant.
    meant: fn(Ordering) -> bool,
}

impl Order {
    pub(crate) const fn new(meant: fn(Ordering) -> bool) -> Self {
        Self { meant }
    }
}

impl<A: PartialOrd<B>, B> Comparison<A, B> for Order {
    type Output = bool;

    fn pair(&mut self, left: A, right: B) -> ControlFlow<bool> {
        match PartialCmp.pair(left, right) {
            ControlFlow::Continue(()) => ControlFlow::Continue(()),
            ControlFlow::Break(order) => ControlFlow::Break(order.is_some_and(self.meant)),
        }
    }

    fn end(&mut self, lengths: Ordering) -> bool {
        (self.meant)(lengths)
    }
}
