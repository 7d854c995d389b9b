//! [`IntoGroupMap`]: the values of each key.

use core::hash::Hash;
use core::ops::ControlFlow;
use std::collections::HashMap;

use super::Consumer;

/// The rule of [`into_group_map`](crate::AsyncItertools::into_group_map). It allocates for the map, and for the values of each
/// key.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let pairs = [('a', 1), ('b', 2), ('a', 3)].into_async_iter();
/// let groups = pollster::block_on(pairs.into_group_map());
/// assert_eq!((&groups[&'a'], &groups[&'b']), (&vec![1, 3], &vec![2]));
/// ```
#[derive(Clone, Debug)]
pub struct IntoGroupMap<K, V> {
    groups: HashMap<K, Vec<V>>,
}

impl<K, V> IntoGroupMap<K, V> {
    pub(crate) fn new() -> Self {
        Self { groups: HashMap::new() }
    }
}

impl<K: Eq + Hash, V> Consumer<(K, V)> for IntoGroupMap<K, V> {
    type Output = HashMap<K, Vec<V>>;

    #[inline]
    fn take(&mut self, (key, value): (K, V)) -> ControlFlow<()> {
        self.groups.entry(key).or_default().push(value);
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> HashMap<K, Vec<V>> {
        self.groups
    }
}
