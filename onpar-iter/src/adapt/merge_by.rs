//! [`MergeBy`]: two streams in one, in an order that a closure tells.

use super::merge_join::Join;

/// The rule of [`merge_by`](crate::AsyncItertools::merge_by).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let all = [1, 4].into_async_iter().merge_by([2, 3, 5].into_async_iter(), async |a, b| a <= b);
/// assert_eq!(pollster::block_on(all.collect::<Vec<_>>()), [1, 2, 3, 4, 5]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MergeBy;

impl<T> Join<T, T> for MergeBy {
    type Given = bool;
    type Output = T;

    #[inline]
    fn pair(&mut self, left: T, right: T, left_first: bool) -> (T, Option<T>, Option<T>) {
        if left_first { (left, None, Some(right)) } else { (right, Some(left), None) }
    }

    #[inline]
    fn left(&mut self, left: T) -> T {
        left
    }

    #[inline]
    fn right(&mut self, right: T) -> T {
        right
    }

    fn joins(&self) -> bool {
        false
    }
}
