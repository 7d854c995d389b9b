//! [`DedupByWithCount`]: of neighbours that a closure calls equal, the first, with how many there were.

use super::Adjoin;

/// The rule of [`dedup_by_with_count`](crate::AsyncItertools::dedup_by_with_count).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let runs = "aAb".chars().into_async_iter().dedup_by_with_count(async |a, b| a.eq_ignore_ascii_case(b));
/// assert_eq!(pollster::block_on(runs.collect::<Vec<_>>()), [(2, 'a'), (1, 'b')]);
/// ```
#[derive(Clone, Debug)]
pub struct DedupByWithCount<T> {
    held: Option<T>,
    /// How many there have been of what is held, or is with the closure.
    count: usize,
}

impl<T> DedupByWithCount<T> {
    pub(crate) const fn new() -> Self {
        Self { held: None, count: 0 }
    }
}

impl<T> Adjoin<T> for DedupByWithCount<T> {
    type Args = (T, T);
    type Given = ((T, T), bool);
    type Output = (usize, T);

    #[inline]
    fn take(&mut self, item: T) -> Option<(T, T)> {
        let Some(held) = self.held.take() else {
            self.held = Some(item);
            self.count = 1;
            return None;
        };
        Some((held, item))
    }

    #[inline]
    fn give(&mut self, ((held, item), equal): ((T, T), bool)) -> Option<(usize, T)> {
        if equal {
            self.count += 1;
            self.held = Some(held);
            return None;
        }
        self.held = Some(item);
        Some((core::mem::replace(&mut self.count, 1), held))
    }

    #[inline]
    fn finish(&mut self) -> Option<(usize, T)> {
        Some((self.count, self.held.take()?))
    }

    fn is_empty(&self) -> bool {
        self.held.is_none()
    }
}
