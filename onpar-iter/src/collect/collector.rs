//! [`Collect`]: all items, in a new collection.

use core::fmt;
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
pub struct Collect<T, C: FromStream<T>> {
    so_far: C::SoFar,
}

impl<T, C: FromStream<T>> Collect<T, C> {
    pub(crate) fn new(size_hint: (usize, Option<usize>)) -> Self {
        Self { so_far: C::start(size_hint) }
    }
}

impl<T, C: FromStream<T>> Consumer<T> for Collect<T, C> {
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

impl<T, C: FromStream<T>> fmt::Debug for Collect<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Collect").finish_non_exhaustive()
    }
}
