//! [`Collect`]: all items, in a new collection.

use core::fmt;
use core::marker::PhantomData;
use core::ops::ControlFlow;

use super::FromStream;
use crate::consume::Consumer;

/// The rule of [`collect`](crate::AsyncIterator::collect).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let texts = ["1", "x"].into_async_iter();
/// let numbers = texts.map(async |text| text.parse::<u8>()).collect::<Result<Vec<_>, _>>();
/// assert!(pollster::block_on(numbers).is_err());
/// ```
pub struct Collect<A, C> {
    so_far: A,
    collection: PhantomData<fn() -> C>,
}

impl<A, C> Collect<A, C> {
    pub(crate) fn new<T>(size_hint: (usize, Option<usize>)) -> Self
    where
        C: FromStream<T, SoFar = A>,
    {
        Self { so_far: C::start(size_hint), collection: PhantomData }
    }
}

impl<T, A, C: FromStream<T, SoFar = A>> Consumer<T> for Collect<A, C> {
    type Output = C;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        C::add(&mut self.so_far, item)
    }

    #[inline]
    fn finish(self) -> C {
        C::finish(self.so_far)
    }
}

impl<A, C> fmt::Debug for Collect<A, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Collect").finish_non_exhaustive()
    }
}
