//! [`MinSetByKey`]: all items with the least key.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`min_set_by_key`](crate::AsyncItertools::min_set_by_key). It allocates for the items that it gives.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let shortest = ["a", "bb", "c", "dd"].into_async_iter().min_set_by_key(async |text| text.len());
/// assert_eq!(pollster::block_on(shortest), ["a", "c"]);
/// ```
#[derive(Clone, Debug)]
pub struct MinSetByKey<T, K> {
    best: Vec<T>,
    key: Option<K>,
}

impl<T, K> MinSetByKey<T, K> {
    pub(crate) const fn new() -> Self {
        Self { best: Vec::new(), key: None }
    }
}

impl<T, K: Ord> Consumer<(T, K)> for MinSetByKey<T, K> {
    type Output = Vec<T>;

    #[inline]
    fn take(&mut self, (item, key): (T, K)) -> ControlFlow<()> {
        match self.key.as_ref().map_or(Ordering::Less, |best| key.cmp(best)) {
            Ordering::Equal => self.best.push(item),
            Ordering::Less => {
                self.best.clear();
                self.best.push(item);
                self.key = Some(key);
            }
            Ordering::Greater => {}
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Vec<T> {
        self.best
    }
}
