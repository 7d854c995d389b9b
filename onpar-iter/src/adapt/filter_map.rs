//! [`FilterMap`]: what a closure makes of the items of which it makes anything.

use super::{Step, Verdict};

/// The rule of [`filter_map`](crate::AsyncIterator::filter_map).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let numbers = ["1", "two", "3"].into_async_iter().filter_map(async |text| text.parse().ok());
/// assert_eq!(pollster::block_on(numbers.collect::<Vec<u32>>()), [1, 3]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FilterMap;

impl<T> Step<Option<T>> for FilterMap {
    type Output = T;

    #[inline]
    fn step(&mut self, item: Option<T>) -> Verdict<T> {
        Verdict::give(item)
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, upper)
    }
}
