//! [`Dedup`]: of equal neighbours the first.

use core::mem;

use super::{Hold, Verdict};

/// The rule of [`dedup`](crate::AsyncItertools::dedup).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let levels = [1, 1, 2, 2, 1].into_async_iter().dedup();
/// assert_eq!(pollster::block_on(levels.collect::<Vec<_>>()), [1, 2, 1]);
/// ```
#[derive(Clone, Debug)]
pub struct Dedup<T> {
    held: Option<T>,
}

impl<T> Dedup<T> {
    pub(crate) const fn new() -> Self {
        Self { held: None }
    }
}

impl<T: PartialEq> Hold<T> for Dedup<T> {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        match &mut self.held {
            Some(held) if *held == item => Verdict::Skip,
            Some(held) => Verdict::Give(mem::replace(held, item)),
            None => {
                self.held = Some(item);
                Verdict::Skip
            }
        }
    }

    #[inline]
    fn finish(&mut self) -> Option<T> {
        self.held.take()
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        let held = usize::from(self.held.is_some());
        (usize::from(lower > 0 || held > 0), upper.and_then(|upper| upper.checked_add(held)))
    }
}
