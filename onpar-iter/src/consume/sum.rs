//! [`Sum`]: all items, added up.

use core::ops::ControlFlow;

use super::Consumer;
use crate::StreamSum;

/// The rule of [`sum`](crate::AsyncIterator::sum).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let sum = [1, 2, 4].into_async_iter().sum::<i32>();
/// assert_eq!(pollster::block_on(sum), 7);
/// ```
#[derive(Clone, Debug)]
pub struct Sum<A> {
    so_far: A,
}
impl<A> Sum<A> {
    pub(crate) const fn new(start: A) -> Self {
        Self { so_far: start }
    }
}

impl<T, A: StreamSum<T>> Consumer<T> for Sum<A> {
    type Output = A;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.so_far.add(item)
    }

    #[inline]
    fn finish(self) -> A {
        self.so_far
    }
}
