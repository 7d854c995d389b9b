//! [`Cmp`]: how two sequences compare, item by item.

use core::cmp::Ordering;
use core::ops::ControlFlow;

use super::Comparison;

/// The rule of [`cmp`](crate::AsyncIterator::cmp).
///
/// # Examples
///
/// ```
/// use std::cmp::Ordering;
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let order = [1, 2].into_async_iter().cmp([1, 2, 0].into_async_iter());
/// assert_eq!(pollster::block_on(order), Ordering::Less);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Cmp;

impl<T: Ord> Comparison<T, T> for Cmp {
    type Output = Ordering;

    fn pair(&mut self, left: T, right: T) -> ControlFlow<Ordering> {
        match left.cmp(&right) {
            Ordering::Equal => ControlFlow::Continue(()),
            order => ControlFlow::Break(order),
        }
    }

    fn end(&mut self, lengths: Ordering) -> Ordering {
        lengths
    }
}
