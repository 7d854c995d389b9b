//! [`MaxByKey`]: the greatest item by a key that a closure gives, and of equal ones the last.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`max_by_key`](crate::AsyncIterator::max_by_key).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let longest = ["to", "be", "not", "nor"].into_async_iter().max_by_key(async |text| text.len());
/// assert_eq!(pollster::block_on(longest), Some("nor"));
/// ```
#[derive(Clone, Debug)]
pub struct MaxByKey<T, K> {
    best: Option<(T, K)>,
}

impl<T, K> MaxByKey<T, K> {
    pub(crate) const fn new() -> Self {
        Self { best: None }
    }
}

impl<T, K: Ord> Consumer<(T, K)> for MaxByKey<T, K> {
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, (item, key): (T, K)) -> ControlFlow<()> {
        self.best = Some(match self.best.take() {
            Some(best) if best.1.cmp(&key).is_gt() => best,
            _ => (item, key),
        });
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.best.map(|(item, _)| item)
    }
}
