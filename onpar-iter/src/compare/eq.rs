//! [`Eq`]: whether two sequences are equal, or not.

use core::cmp::Ordering;
use core::ops::ControlFlow;

use super::Comparison;

/// The rule of [`eq`](crate::AsyncIterator::eq) and [`ne`](crate::AsyncIterator::ne).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// pollster::block_on(async {
///     assert!([1, 2].into_async_iter().eq([1, 2].into_async_iter()).await);
///     assert!([1, 2].into_async_iter().ne([1].into_async_iter()).await);
/// });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Eq {
    /// The answer for equal sequences.
    if_equal: bool,
}

impl Eq {
    pub(crate) const fn new(if_equal: bool) -> Self {
        Self { if_equal }
    }
}

impl<A: PartialEq<B>, B> Comparison<A, B> for Eq {
    type Output = bool;

    fn pair(&mut self, left: A, right: B) -> ControlFlow<bool> {
        if left == right { ControlFlow::Continue(()) } else { ControlFlow::Break(!self.if_equal) }
    }

    fn end(&mut self, lengths: Ordering) -> bool {
        lengths.is_eq() == self.if_equal
    }
}
