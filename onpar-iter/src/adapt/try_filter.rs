//! [`TryFilter`]: the values that a closure says yes to, and all errors.

use super::{Step, Verdict};

/// The rule of [`try_filter`](crate::AsyncTryIterator::try_filter).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// let odd = [Ok(1), Ok(2), Err("gone")].into_async_iter().try_filter(async |n| n % 2 == 1);
/// assert_eq!(pollster::block_on(odd.collect::<Vec<_>>()), [Ok(1), Err("gone")]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TryFilter;

impl<T, E> Step<Result<(T, bool), E>> for TryFilter {
    type Output = Result<T, E>;

    #[inline]
    fn step(&mut self, item: Result<(T, bool), E>) -> Verdict<Result<T, E>> {
        Verdict::give(item.map(|(value, keep)| keep.then_some(value)).transpose())
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, upper)
    }
}
