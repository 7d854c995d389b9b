//! [`ChunkBy`]: neighbours with equal keys, in a `Vec`.

use alloc::vec;
use alloc::vec::Vec;

use super::{Hold, Verdict};

/// The rule of [`chunk_by`](crate::AsyncItertools::chunk_by). It allocates for each chunk.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let runs = [1, 3, 4, 5].into_async_iter().chunk_by(async |n| n % 2);
/// assert_eq!(pollster::block_on(runs.collect::<Vec<_>>()), [(1, vec![1, 3]), (0, vec![4]), (1, vec![5])]);
/// ```
#[derive(Clone, Debug)]
pub struct ChunkBy<T, K> {
    chunk: Option<(K, Vec<T>)>,
}

impl<T, K> ChunkBy<T, K> {
    pub(crate) const fn new() -> Self {
        Self { chunk: None }
    }
}

impl<T, K: PartialEq> Hold<(T, K)> for ChunkBy<T, K> {
    type Output = (K, Vec<T>);

    #[inline]
    fn step(&mut self, (item, key): (T, K)) -> Verdict<(K, Vec<T>)> {
        if let Some((of, chunk)) = &mut self.chunk
            && *of == key
        {
            chunk.push(item);
            return Verdict::Skip;
        }
        Verdict::give(self.chunk.replace((key, vec![item])))
    }

    #[inline]
    fn finish(&mut self) -> Option<(K, Vec<T>)> {
        self.chunk.take()
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        let held = usize::from(self.chunk.is_some());
        (usize::from(lower > 0 || held > 0), upper.and_then(|upper| upper.checked_add(held)))
    }
}
