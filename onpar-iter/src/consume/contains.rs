//! [`Contains`]: whether any item equals a value.

use core::borrow::Borrow;
use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`contains`](crate::AsyncItertools::contains).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// assert!(pollster::block_on([1, 2].into_async_iter().contains(&2)));
/// ```
#[derive(Clone, Debug)]
pub struct Contains<'q, Q: ?Sized> {
    wanted: &'q Q,
    found: bool,
}

impl<'q, Q: ?Sized> Contains<'q, Q> {
    pub(crate) const fn new(wanted: &'q Q) -> Self {
        Self { wanted, found: false }
    }
}

impl<T: Borrow<Q>, Q: PartialEq + ?Sized> Consumer<T> for Contains<'_, Q> {
    type Output = bool;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.found = item.borrow() == self.wanted;
        if self.found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    #[inline]
    fn finish(self) -> bool {
        self.found
    }
}
