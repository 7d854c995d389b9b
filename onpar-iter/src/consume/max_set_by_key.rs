//! [`MaxSetByKey`]: all items with the greatest key.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`max_set_by_key`](crate::AsyncItertools::max_set_by_key). It allocates for the items that it gives.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let longest = ["a", "bb", "c", "dd"].into_async_iter().max_set_by_key(async |text| text.len());
/// assert_eq!(pollster::block_on(longest), ["bb", "dd"]);
/// ```
#[derive(Clone, Debug)]
pub struct MaxSetByKey<T, K> {
    best: Vec<T>,
    key: Option<K>,
}

impl<T, K> MaxSetByKey<T, K> {
    pub(crate) const fn new() -> Self {
        Self { best: Vec::new(), key: None }
    }
}

impl<T, K: Ord> Consumer<(T, K)> for MaxSetByKey<T, K> {
    type Output = Vec<T>;

    #[inline]
    fn take(&mut self, (item, key): (T, K)) -> ControlFlow<()> {
        match self.key.as_ref().map_or(Ordering::Greater, |best| key.cmp(best)) {
            Ordering::Equal => self.best.push(item),
            Ordering::Greater => {
                self.best.clear();
                self.best.push(item);
                self.key = Some(key);
            }
            Ordering::Less => {}
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Vec<T> {
        self.best
    }
}
