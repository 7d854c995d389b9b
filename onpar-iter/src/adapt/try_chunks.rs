//! [`TryChunks`]: up to so many values at a time, in a `Vec`, until there is an error.

use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::mem;
use core::num::NonZero;

use super::{Hold, Verdict};

/// An error, and the values before it that did not fill a chunk: the error of
/// [`try_chunks`](crate::AsyncTryIterator::try_chunks).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator, limit};
///
/// let pages = [Ok(1), Err("gone")].into_async_iter().try_chunks(limit!(2));
/// let error = pollster::block_on(pages.last()).unwrap().unwrap_err();
/// assert_eq!((error.items, error.error), (vec![1], "gone"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TryChunksError<T, E> {
    /// The values before it.
    pub items: Vec<T>,
    /// The error itself.
    pub error: E,
}

impl<T, E: fmt::Display> fmt::Display for TryChunksError<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T: fmt::Debug, E: Error> Error for TryChunksError<T, E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

/// The rule of [`try_chunks`](crate::AsyncTryIterator::try_chunks). It allocates for each chunk.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator, limit};
///
/// let pages = [1, 2, 3].map(Ok::<_, &str>).into_async_iter().try_chunks(limit!(2));
/// assert_eq!(pollster::block_on(pages.collect::<Vec<_>>()), [Ok(vec![1, 2]), Ok(vec![3])]);
/// ```
#[derive(Clone, Debug)]
pub struct TryChunks<T> {
    size: NonZero<usize>,
    chunk: Vec<T>,
}

impl<T> TryChunks<T> {
    pub(crate) const fn new(size: NonZero<usize>) -> Self {
        Self { size, chunk: Vec::new() }
    }
}

impl<T, E> Hold<Result<T, E>> for TryChunks<T> {
    type Output = Result<Vec<T>, TryChunksError<T, E>>;

    #[inline]
    fn step(&mut self, item: Result<T, E>) -> Verdict<Self::Output> {
        let value = match item {
            Ok(value) => value,
            Err(error) => return Verdict::Give(Err(TryChunksError { items: mem::take(&mut self.chunk), error })),
        };
        self.chunk.push(value);
        if self.chunk.len() < self.size.get() {
            return Verdict::Skip;
        }
        // A chunk of that size has been full, so there is memory for one.
        let next = Vec::with_capacity(self.chunk.len());
        Verdict::Give(Ok(mem::replace(&mut self.chunk, next)))
    }

    #[inline]
    fn finish(&mut self) -> Option<Self::Output> {
        let rest = mem::take(&mut self.chunk);
        (!rest.is_empty()).then_some(Ok(rest))
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        // Each item to come may be an error.
        let held = usize::from(!self.chunk.is_empty());
        let least = lower.saturating_add(self.chunk.len()).div_ceil(self.size.get());
        (least, upper.and_then(|upper| upper.checked_add(held)))
    }
}
