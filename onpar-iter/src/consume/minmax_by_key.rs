//! [`MinMaxByKey`]: the items with the least and the greatest key at once.

use core::ops::ControlFlow;

use super::{Consumer, MinMaxResult};

/// The rule of [`minmax_by_key`](crate::AsyncItertools::minmax_by_key).
///
/// # Examples
///
/// ```
/// use onpar_iter::consume::MinMaxResult;
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let ends = ["bb", "a", "ccc"].into_async_iter().minmax_by_key(async |text| text.len());
/// assert_eq!(pollster::block_on(ends), MinMaxResult::MinMax("a", "ccc"));
/// ```
#[derive(Clone, Debug)]
pub struct MinMaxByKey<T, K> {
    so_far: Option<MinMaxResult<(T, K)>>,
}

impl<T, K> MinMaxByKey<T, K> {
    pub(crate) const fn new() -> Self {
        Self { so_far: None }
    }
}

impl<T, K: PartialOrd> Consumer<(T, K)> for MinMaxByKey<T, K> {
    type Output = MinMaxResult<T>;

    #[inline]
    fn take(&mut self, item: (T, K)) -> ControlFlow<()> {
        let so_far = self.so_far.take().unwrap_or(MinMaxResult::NoElements);
        self.so_far = Some(so_far.with(item, |(_, a), (_, b)| a < b));
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> MinMaxResult<T> {
        match self.so_far {
            None | Some(MinMaxResult::NoElements) => MinMaxResult::NoElements,
            Some(MinMaxResult::OneElement((one, _))) => MinMaxResult::OneElement(one),
            Some(MinMaxResult::MinMax((min, _), (max, _))) => MinMaxResult::MinMax(min, max),
        }
    }
}
