//! [`TryTakeWhile`]: the items before the first value that a closure says no to.

use super::{Step, Verdict};

/// The rule of [`try_take_while`](crate::AsyncTryIterator::try_take_while).
/// Once it has ended the stream, it asks for no item any more.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// let items = [Ok(1), Err("gone"), Ok(9), Ok(2)].into_async_iter();
/// let small = items.try_take_while(async |n| Ok(*n < 5));
/// assert_eq!(pollster::block_on(small.collect::<Vec<_>>()), [Ok(1), Err("gone")]);
/// ```
#[derive(Clone, Debug)]
pub struct TryTakeWhile {
    ended: bool,
}

impl TryTakeWhile {
    pub(crate) const fn new() -> Self {
        Self { ended: false }
    }
}

impl<T, E> Step<Result<(T, Result<bool, E>), E>> for TryTakeWhile {
    type Output = Result<T, E>;

    #[inline]
    fn step(&mut self, item: Result<(T, Result<bool, E>), E>) -> Verdict<Result<T, E>> {
        match item {
            Ok((value, Ok(true))) => Verdict::Give(Ok(value)),
            Ok((_, Ok(false))) => {
                self.ended = true;
                Verdict::End
            }
            Ok((_, Err(error))) | Err(error) => Verdict::Give(Err(error)),
        }
    }

    #[inline]
    fn is_over(&self) -> bool {
        self.ended
    }

    fn size_hint(&self, (_, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
        (0, upper)
    }
}
