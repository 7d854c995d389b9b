//! [`TryFilterMap`]: what a closure, which may fail, makes of each value, if it makes anything; and all errors.

use super::{Step, Verdict};

/// The rule of [`try_filter_map`](crate::AsyncTryIterator::try_filter_map).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// let numbers = [Ok("1"), Ok(""), Ok("x"), Err("gone")].into_async_iter();
/// let numbers = numbers.try_filter_map(async |text| match text {
///     "" => Ok(None),
///     _ => text.parse::<u8>().map(Some).map_err(|_| "no number"),
/// });
/// assert_eq!(pollster::block_on(numbers.collect::<Vec<_>>()), [Ok(1), Err("no number"), Err("gone")]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TryFilterMap;

impl<T, E> Step<Result<Result<Option<T>, E>, E>> for TryFilterMap {
    type Output = Result<T, E>;

    #[inline]
    fn step(&mut self, item: Result<Result<Option<T>, E>, E>) -> Verdict<Result<T, E>> {
        Verdict::give(item.and_then(|result| result).transpose())
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, upper)
    }
}
