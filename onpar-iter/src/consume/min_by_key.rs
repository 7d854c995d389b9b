//! [`MinByKey`]: the least item by a key that a closure gives, and of equal ones the first.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`min_by_key`](crate::AsyncIterator::min_by_key).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let shortest = ["to", "be", "not", "nor"].into_async_iter().min_by_key(async |text| text.len());
/// assert_eq!(pollster::block_on(shortest), Some("to"));
/// ```
#[derive(Clone, Debug)]
pub struct MinByKey<T, K> {
    best: Option<(T, K)>,
}

impl<T, K> MinByKey<T, K> {
    pub(crate) const fn new() -> Self {
        Self { best: None }
    }
}

impl<T, K: Ord> Consumer<(T, K)> for MinByKey<T, K> {
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, (item, key): (T, K)) -> ControlFlow<()> {
        self.best = Some(match self.best.take() {
            Some(best) if best.1.cmp(&key).is_le() => best,
            _ => (item, key),
        });
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.best.map(|(item, _)| item)
    }
}
