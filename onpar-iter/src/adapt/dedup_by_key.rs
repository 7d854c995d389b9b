//! [`DedupByKey`]: of neighbours with equal keys the first, as soon as it comes.

use super::{Step, Verdict};

/// The rule of [`dedup_by_key`](crate::AsyncItertools::dedup_by_key).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, sync_ref};
///
/// // Each level as soon as it changes.
/// let levels = [7, 7, 8, 8, 7].into_async_iter().dedup_by_key(sync_ref(|level: &u8| *level));
/// assert_eq!(pollster::block_on(levels.collect::<Vec<_>>()), [7, 8, 7]);
/// ```
#[derive(Clone, Debug)]
pub struct DedupByKey<K> {
    last: Option<K>,
}

impl<K> DedupByKey<K> {
    pub(crate) const fn new() -> Self {
        Self { last: None }
    }
}

impl<T, K: PartialEq> Step<(T, K)> for DedupByKey<K> {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, key): (T, K)) -> Verdict<T> {
        let key = Some(key);
        if self.last == key {
            return Verdict::Skip;
        }
        self.last = key;
        Verdict::Give(item)
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (usize::from(lower > 0 && self.last.is_none()), upper)
    }
}
