//! [`OrElse`]: what a closure, which may fail, makes of each error.

use super::{Step, Verdict};

/// The rule of [`or_else`](crate::AsyncTryIterator::or_else).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncTryIterator, IntoAsyncIterator};
///
/// let retried = [Ok(1), Err(2), Err(3)].into_async_iter().or_else(async |n| if n < 3 { Ok(n * 10) } else { Err("gone") });
/// assert_eq!(pollster::block_on(retried.collect::<Vec<_>>()), [Ok(1), Ok(20), Err("gone")]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OrElse;

impl<T, E> Step<Result<T, Result<T, E>>> for OrElse {
    type Output = Result<T, E>;

    #[inline]
    fn step(&mut self, item: Result<T, Result<T, E>>) -> Verdict<Result<T, E>> {
        Verdict::Give(item.or_else(|result| result))
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}
