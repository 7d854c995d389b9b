//! [`DedupWithCount`]: of equal neighbours the first, with how many there were.

use core::mem;

use super::{Hold, Verdict};

/// The rule of [`dedup_with_count`](crate::AsyncItertools::dedup_with_count).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let runs = "aab".chars().into_async_iter().dedup_with_count();
/// assert_eq!(pollster::block_on(runs.collect::<Vec<_>>()), [(2, 'a'), (1, 'b')]);
/// ```
#[derive(Clone, Debug)]
pub struct DedupWithCount<T> {
    held: Option<(usize, T)>,
}

impl<T> DedupWithCount<T> {
    pub(crate) const fn new() -> Self {
        Self { held: None }
    }
}

impl<T: PartialEq> Hold<T> for DedupWithCount<T> {
    type Output = (usize, T);

    #[inline]
    fn step(&mut self, item: T) -> Verdict<(usize, T)> {
        match &mut self.held {
            Some((count, held)) if *held == item => {
                *count += 1;
                Verdict::Skip
            }
            Some(held) => Verdict::Give(mem::replace(held, (1, item))),
            None => {
                self.held = Some((1, item));
                Verdict::Skip
            }
        }
    }

    #[inline]
    fn finish(&mut self) -> Option<(usize, T)> {
        self.held.take()
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        let held = usize::from(self.held.is_some());
        (usize::from(lower > 0 || held > 0), upper.and_then(|upper| upper.checked_add(held)))
    }
}
