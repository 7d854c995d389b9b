//! [`Chunks`]: up to so many items at a time, in a `Vec`.

use alloc::vec::Vec;
use core::mem;
use core::num::NonZero;

use super::{Hold, Verdict};

/// The rule of [`chunks`](crate::AsyncItertools::chunks). It allocates for each chunk.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, limit};
///
/// let pages = (1..=5).into_async_iter().chunks(limit!(2));
/// assert_eq!(pollster::block_on(pages.collect::<Vec<_>>()), [vec![1, 2], vec![3, 4], vec![5]]);
/// ```
#[derive(Clone, Debug)]
pub struct Chunks<T> {
    size: NonZero<usize>,
    chunk: Vec<T>,
}

impl<T> Chunks<T> {
    pub(crate) const fn new(size: NonZero<usize>) -> Self {
        Self { size, chunk: Vec::new() }
    }
}

impl<T> Hold<T> for Chunks<T> {
    type Output = Vec<T>;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<Vec<T>> {
        self.chunk.push(item);
        if self.chunk.len() < self.size.get() {
            return Verdict::Skip;
        }
        // A chunk of that size has been full, so there is memory for one.
        let next = Vec::with_capacity(self.chunk.len());
        Verdict::Give(mem::replace(&mut self.chunk, next))
    }

    #[inline]
    fn finish(&mut self) -> Option<Vec<T>> {
        let rest = mem::take(&mut self.chunk);
        (!rest.is_empty()).then_some(rest)
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        let (held, size) = (self.chunk.len(), self.size.get());
        let upper = upper.and_then(|upper| upper.checked_add(held)).map(|upper| upper.div_ceil(size));
        (lower.saturating_add(held).div_ceil(size), upper)
    }
}
