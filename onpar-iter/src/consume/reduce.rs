//! [`Reduce`]: one item, made of all one after another.

use core::ops::ControlFlow;

use super::Accumulator;

/// The rule of [`reduce`](crate::AsyncIterator::reduce).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let longest = ["a", "bc", "d"].into_async_iter().reduce(async |a, b| if b.len() > a.len() { b } else { a });
/// assert_eq!(pollster::block_on(longest), Some("bc"));
/// ```
#[derive(Clone, Debug)]
pub struct Reduce<T> {
    accumulated: Option<T>,
}

impl<T> Reduce<T> {
    pub(crate) const fn new() -> Self {
        Self { accumulated: None }
    }
}

impl<T> Accumulator<T> for Reduce<T> {
    type Args = (T, T);
    type Given = T;
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, item: T) -> Option<(T, T)> {
        let Some(accumulated) = self.accumulated.take() else {
            self.accumulated = Some(item);
            return None;
        };
        Some((accumulated, item))
    }

    #[inline]
    fn give(&mut self, accumulated: T) -> ControlFlow<()> {
        self.accumulated = Some(accumulated);
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.accumulated
    }
}
