//! [`Unzip`]: two collections: the left halves of all pairs, and the right halves.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`unzip`](crate::AsyncIterator::unzip).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let halves = [(1, 'a'), (2, 'b')].into_async_iter().unzip();
/// assert_eq!(pollster::block_on(halves), (vec![1, 2], String::from("ab")));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Unzip<A, B> {
    left: A,
    right: B,
}

impl<T, U, A: Extend<T>, B: Extend<U>> Consumer<(T, U)> for Unzip<A, B> {
    type Output = (A, B);

    #[inline]
    fn take(&mut self, (left, right): (T, U)) -> ControlFlow<()> {
        self.left.extend(Some(left));
        self.right.extend(Some(right));
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> (A, B) {
        (self.left, self.right)
    }
}
