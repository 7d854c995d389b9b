//! [`IntoGroupMapBy`]: the items of each key that a closure gives.

use core::hash::Hash;
use core::ops::ControlFlow;
use std::collections::HashMap;

use super::{Consumer, IntoGroupMap};

/// The rule of [`into_group_map_by`](crate::AsyncItertools::into_group_map_by). It allocates for the map, and for the items of
/// each key.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let groups = ["a", "bb", "c"].into_async_iter().into_group_map_by(async |text| text.len());
/// assert_eq!(pollster::block_on(groups)[&1], ["a", "c"]);
/// ```
#[derive(Clone, Debug)]
pub struct IntoGroupMapBy<K, V> {
    rule: IntoGroupMap<K, V>,
}

impl<K, V> IntoGroupMapBy<K, V> {
    pub(crate) fn new() -> Self {
        Self { rule: IntoGroupMap::new() }
    }
}

impl<K: Eq + Hash, V> Consumer<(V, K)> for IntoGroupMapBy<K, V> {
    type Output = HashMap<K, Vec<V>>;

    #[inline]
    fn take(&mut self, (item, key): (V, K)) -> ControlFlow<()> {
        self.rule.take((key, item))
    }

    #[inline]
    fn finish(self) -> HashMap<K, Vec<V>> {
        self.rule.finish()
    }
}
