//! [`Filter`]: the items that a closure says yes to.

use super::{Step, Verdict};

/// The rule of [`filter`](crate::AsyncIterator::filter).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator, sync_ref};
///
/// let limit = async || 2;
/// let few = (0..9).into_async_iter().filter(async |n| *n < limit().await).filter(sync_ref(|n| n % 2 == 1));
/// assert_eq!(pollster::block_on(few.collect::<Vec<_>>()), [1]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Filter;

impl<T> Step<(T, bool)> for Filter {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, keep): (T, bool)) -> Verdict<T> {
        Verdict::give(keep.then_some(item))
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, upper)
    }
}
