//! [`PartitionMap`]: two collections: what a closure puts to the left, and what it puts to the right.

use core::ops::ControlFlow;

use either::Either;

use super::Consumer;

/// The rule of [`partition_map`](crate::AsyncItertools::partition_map).
///
/// # Examples
///
/// ```
/// use either::Either;
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let parted = ["1", "x", "2"].into_async_iter().partition_map(async |text| match text.parse::<u8>() {
///     Ok(number) => Either::Left(number),
///     Err(_) => Either::Right(text),
/// });
/// assert_eq!(pollster::block_on(parted), (vec![1, 2], vec!["x"]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct PartitionMap<A, B> {
    left: A,
    right: B,
}

impl<L, R, A: Extend<L>, B: Extend<R>> Consumer<Either<L, R>> for PartitionMap<A, B> {
    type Output = (A, B);

    #[inline]
    fn take(&mut self, item: Either<L, R>) -> ControlFlow<()> {
        match item {
            Either::Left(left) => self.left.extend(Some(left)),
            Either::Right(right) => self.right.extend(Some(right)),
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> (A, B) {
        (self.left, self.right)
    }
}
