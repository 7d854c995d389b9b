//! [`Product`]: all items, multiplied.

use core::ops::ControlFlow;

use super::Consumer;
use crate::StreamProduct;

/// The rule of [`product`](crate::AsyncIterator::product).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let product = [1, 2, 4].into_async_iter().product::<i32>();
/// assert_eq!(pollster::block_on(product), 8);
/// ```
#[derive(Clone, Debug)]
pub struct Product<A> {
    so_far: A,
}
impl<A> Product<A> {
    pub(crate) const fn new(start: A) -> Self {
        Self { so_far: start }
    }
}

impl<T, A: StreamProduct<T>> Consumer<T> for Product<A> {
    type Output = A;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.so_far.multiply(item)
    }

    #[inline]
    fn finish(self) -> A {
        self.so_far
    }
}
