//! [`Take`]: the first few items.

use super::{Step, Verdict};

/// The rule of [`take`](crate::AsyncIterator::take).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let first = (0..).into_async_iter().take(2);
/// assert_eq!(pollster::block_on(first.collect::<Vec<_>>()), [0, 1]);
/// ```
#[derive(Clone, Debug)]
pub struct Take {
    left: usize,
}

impl Take {
    pub(crate) const fn new(count: usize) -> Self {
        Self { left: count }
    }
}

impl<T> Step<T> for Take {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        self.left -= 1;
        Verdict::Give(item)
    }

    #[inline]
    fn is_over(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (lower.min(self.left), Some(upper.map_or(self.left, |upper| upper.min(self.left))))
    }
}
