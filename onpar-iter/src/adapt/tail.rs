//! [`Tail`]: the last few items.

use alloc::collections::VecDeque;

use super::{Hold, Verdict};

/// The rule of [`tail`](crate::AsyncItertools::tail). It holds so many items and no more, and allocates for them.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let last = (0..9).into_async_iter().tail(2);
/// assert_eq!(pollster::block_on(last.collect::<Vec<_>>()), [7, 8]);
/// ```
#[derive(Clone, Debug)]
pub struct Tail<T> {
    most: usize,
    items: VecDeque<T>,
}

impl<T> Tail<T> {
    pub(crate) const fn new(most: usize) -> Self {
        Self { most, items: VecDeque::new() }
    }
}

impl<T> Hold<T> for Tail<T> {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        if self.items.len() == self.most {
            self.items.pop_front();
        }
        if self.most > 0 {
            self.items.push_back(item);
        }
        Verdict::Skip
    }

    #[inline]
    fn finish(&mut self) -> Option<T> {
        self.items.pop_front()
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        let all = |items: usize| items.saturating_add(self.items.len()).min(self.most);
        (all(lower), Some(upper.map_or(self.most, all)))
    }
}
