//! [`Scan`]: what a closure makes of the items and a state that it changes, as long as it makes anything.

use super::{Step, Verdict};

/// The rule of [`scan`](crate::AsyncIterator::scan). Once it has ended the stream, it asks for no item any more.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let sums = [1, 2, 3].into_async_iter().scan(0, async |sum, n| {
///     *sum += n;
///     Some(*sum)
/// });
/// assert_eq!(pollster::block_on(sums.collect::<Vec<_>>()), [1, 3, 6]);
/// ```
#[derive(Clone, Debug)]
pub struct Scan {
    ended: bool,
}

impl Scan {
    pub(crate) const fn new() -> Self {
        Self { ended: false }
    }
}

impl<T> Step<Option<T>> for Scan {
    type Output = T;

    #[inline]
    fn step(&mut self, item: Option<T>) -> Verdict<T> {
        if let Some(item) = item {
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
