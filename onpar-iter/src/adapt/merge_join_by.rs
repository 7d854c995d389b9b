//! [`MergeJoinBy`]: two sorted streams in one, with what is equal in both as one.

use core::cmp::Ordering;

use super::EitherOrBoth;
use super::merge_join::Join;

/// The rule of [`merge_join_by`](crate::AsyncItertools::merge_join_by).
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::EitherOrBoth::{Both, Left, Right};
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let (old, new) = ([1, 2].into_async_iter(), [2, 3].into_async_iter());
/// let changes = old.merge_join_by(new, async |a, b| a.cmp(b));
/// assert_eq!(pollster::block_on(changes.collect::<Vec<_>>()), [Left(1), Both(2, 2), Right(3)]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MergeJoinBy;

impl<T, U> Join<T, U> for MergeJoinBy {
    type Given = Ordering;
    type Output = EitherOrBoth<T, U>;

    #[inline]
    fn pair(&mut self, left: T, right: U, order: Ordering) -> (Self::Output, Option<T>, Option<U>) {
        match order {
            Ordering::Less => (EitherOrBoth::Left(left), None, Some(right)),
            Ordering::Equal => (EitherOrBoth::Both(left, right), None, None),
            Ordering::Greater => (EitherOrBoth::Right(right), Some(left), None),
        }
    }

    #[inline]
    fn left(&mut self, left: T) -> Self::Output {
        EitherOrBoth::Left(left)
    }

    #[inline]
    fn right(&mut self, right: U) -> Self::Output {
        EitherOrBoth::Right(right)
    }

    fn joins(&self) -> bool {
        true
    }
}
