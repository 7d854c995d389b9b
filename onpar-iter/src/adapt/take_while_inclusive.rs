//! [`TakeWhileInclusive`]: the items up to the first that a closure says no to, and that one too.

use super::{Step, Verdict};

/// The rule of [`take_while_inclusive`](crate::AsyncItertools::take_while_inclusive). Once it has given the last item, it
/// asks for no item any more.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let header = ["a: 1", "b: 2", "", "body"].into_async_iter().take_while_inclusive(async |line| !line.is_empty());
/// assert_eq!(pollster::block_on(header.collect::<Vec<_>>()), ["a: 1", "b: 2", ""]);
/// ```
#[derive(Clone, Debug)]
pub struct TakeWhileInclusive {
    ended: bool,
}

impl TakeWhileInclusive {
    pub(crate) const fn new() -> Self {
        Self { ended: false }
    }
}

impl<T> Step<(T, bool)> for TakeWhileInclusive {
    type Output = T;

    #[inline]
    fn step(&mut self, (item, more): (T, bool)) -> Verdict<T> {
        self.ended = !more;
        Verdict::Give(item)
    }

    #[inline]
    fn is_over(&self) -> bool {
        self.ended
    }

    fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (lower.min(1), upper)
    }
}
