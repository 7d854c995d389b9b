//! [`Skip`]: all items but the first few.

use super::{Step, Verdict};

/// The rule of [`skip`](crate::AsyncIterator::skip).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let rest = (0..5).into_async_iter().skip(3);
/// assert_eq!(pollster::block_on(rest.collect::<Vec<_>>()), [3, 4]);
/// ```
#[derive(Clone, Debug)]
pub struct Skip {
    left: usize,
}

impl Skip {
    pub(crate) const fn new(count: usize) -> Self {
        Self { left: count }
    }
}

impl<T> Step<T> for Skip {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        if self.left == 0 {
            return Verdict::Give(item);
        }
        self.left -= 1;
        Verdict::Skip
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (lower.saturating_sub(self.left), upper.map(|upper| upper.saturating_sub(self.left)))
    }
}
