//! [`TryConcat`]: all collections in one, if there is no error before.

use core::ops::ControlFlow;

use super::{Concat, Consumer};

/// The rule of [`try_concat`](crate::AsyncTryIterator::try_concat).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncTryIterator, IntoAsyncIterator};
///
/// let body = [Ok(vec![1]), Ok(vec![2, 3])].map(|chunk: Result<_, &str>| chunk).into_async_iter();
/// assert_eq!(pollster::block_on(body.try_concat()), Ok(vec![1, 2, 3]));
/// ```
#[derive(Clone, Debug)]
pub struct TryConcat<C, E> {
    rule: Concat<C>,
    error: Option<E>,
}

impl<C, E> TryConcat<C, E> {
    pub(crate) const fn new() -> Self {
        Self { rule: Concat::new(), error: None }
    }
}

impl<C: IntoIterator + Extend<C::Item> + Default, E> Consumer<Result<C, E>> for TryConcat<C, E> {
    type Output = Result<C, E>;

    #[inline]
    fn take(&mut self, item: Result<C, E>) -> ControlFlow<()> {
        match item {
            Ok(collection) => self.rule.take(collection),
            Err(error) => {
                self.error = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    #[inline]
    fn finish(self) -> Result<C, E> {
        self.error.map_or_else(|| Ok(self.rule.finish()), Err)
    }
}
