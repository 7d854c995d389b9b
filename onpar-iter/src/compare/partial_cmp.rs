//! [`PartialCmp`]: how two sequences compare, item by item, if they do.

use core::cmp::Ordering;
use core::ops::ControlFlow;

use super::Comparison;

/// The rule of [`partial_cmp`](crate::AsyncIterator::partial_cmp).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let order = [f64::NAN].into_async_iter().partial_cmp([1.0].into_async_iter());
/// assert_eq!(pollster::block_on(order), None);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PartialCmp;

impl<A: PartialOrd<B>, B> Comparison<A, B> for PartialCmp {
    type Output = Option<Ordering>;

    fn pair(&mut self, left: A, right: B) -> ControlFlow<Option<Ordering>> {
        match left.partial_cmp(&right) {
            Some(Ordering::Equal) => ControlFlow::Continue(()),
            order => ControlFlow::Break(order),
        }
    }

    fn end(&mut self, lengths: Ordering) -> Option<Ordering> {
        Some(lengths)
    }
}
