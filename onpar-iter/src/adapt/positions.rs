//! [`Positions`]: the numbers of the items that a closure says yes to.

use super::{Step, Verdict};

/// The rule of [`positions`](crate::AsyncItertools::positions).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
///
/// let odd = [1, 2, 4, 7].into_async_iter().positions(async |n| n % 2 == 1);
/// assert_eq!(pollster::block_on(odd.collect::<Vec<_>>()), [0, 3]);
/// ```
#[derive(Clone, Debug)]
pub struct Positions {
    next: usize,
}

impl Positions {
    pub(crate) const fn new() -> Self {
        Self { next: 0 }
    }
}

impl Step<bool> for Positions {
    type Output = usize;

    #[inline]
    fn step(&mut self, yes: bool) -> Verdict<usize> {
        let number = self.next;
        self.next += 1;
        Verdict::give(yes.then_some(number))
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, upper)
    }
}
