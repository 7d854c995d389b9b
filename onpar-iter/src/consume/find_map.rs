//! [`FindMap`]: the first thing that a closure makes of an item.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`find_map`](crate::AsyncIterator::find_map).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let number = ["one", "2", "3"].into_async_iter().find_map(async |text| text.parse().ok());
/// assert_eq!(pollster::block_on(number), Some(2));
/// ```
#[derive(Clone, Debug)]
pub struct FindMap<T> {
    found: Option<T>,
}

impl<T> FindMap<T> {
    pub(crate) const fn new() -> Self {
        Self { found: None }
    }
}

impl<T> Consumer<Option<T>> for FindMap<T> {
    type Output = Option<T>;

    #[inline]
    fn take(&mut self, made: Option<T>) -> ControlFlow<()> {
        self.found = made;
        if self.found.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    #[inline]
    fn finish(self) -> Option<T> {
        self.found
    }
}
