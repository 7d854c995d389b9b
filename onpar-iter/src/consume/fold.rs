//! [`Fold`]: one value, made of all items one after another.

use core::ops::ControlFlow;

use super::Accumulator;

/// The rule of [`fold`](crate::AsyncIterator::fold).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let sum = [1, 2, 3].into_async_iter().fold(10, async |sum, n| sum + n);
/// assert_eq!(pollster::block_on(sum), 16);
/// ```
#[derive(Clone, Debug)]
pub struct Fold<A> {
    // `None` while the closure has it.
    accumulated: Option<A>,
}

impl<A> Fold<A> {
    pub(crate) const fn new(start: A) -> Self {
        Self { accumulated: Some(start) }
    }
}

impl<T, A> Accumulator<T> for Fold<A> {
    type Args = (A, T);
    type Given = A;
    type Output = A;

    #[inline]
    fn take(&mut self, item: T) -> Option<(A, T)> {
        Some((self.accumulated.take()?, item))
    }

    #[inline]
    fn give(&mut self, accumulated: A) -> ControlFlow<()> {
        self.accumulated = Some(accumulated);
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> A {
        match self.accumulated {
            Some(accumulated) => accumulated,
            None => panic!("what was accumulated went with the closure that panicked: start anew"),
        }
    }
}
