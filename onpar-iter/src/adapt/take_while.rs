//! [`TakeWhile`]: the items before the first that a closure says no to.

use super::{Step, Verdict};

/// The rule of [`take_while`](crate::AsyncIterator::take_while). Once it has ended the stream, it asks for no item any more.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let small = [1, 2, 9, 1].into_async_iter().take_while(async |n| *n < 5);
/// assert_eq!(pollster::block_on(small.collect::<Vec<_>>()), [1, 2]);
/// ```
#[derive(Clone, Debug)]
pub struct TakeWhile {
    ended: bool,
}

impl TakeWhile {
    pub(crate) const fn new() -> Self {
        Self { ended: false }
    }
}

impl<T> Step<(T, bool)> for TakeWhile {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, keep): (T, bool)) -> Verdict<T> {
        if keep {
            return Verdict::Give(item);
        }
        self.ended = true;
        Verdict::End
    }

    #[inline]
    fn is_over(&self) -> bool {
        self.ended
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, upper)
    }
}
