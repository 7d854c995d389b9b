//! [`FindPosition`]: the first item that a closure says yes to, with its number.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`find_position`](crate::AsyncItertools::find_position).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let empty = ["a", "", "b"].into_async_iter().find_position(async |line| line.is_empty());
/// assert_eq!(pollster::block_on(empty), Some((1, "")));
/// ```
#[derive(Clone, Debug)]
pub struct FindPosition<T> {
    before: usize,
    found: Option<T>,
}

impl<T> FindPosition<T> {
    pub(crate) const fn new() -> Self {
        Self { before: 0, found: None }
    }
}

impl<T> Consumer<(T, bool)> for FindPosition<T> {
    type Output = Option<(usize, T)>;

    #[inline]
    fn take(&mut self, (item, yes): (T, bool)) -> ControlFlow<()> {
        if yes {
            self.found = Some(item);
            return ControlFlow::Break(());
        }
        self.before += 1;
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Option<(usize, T)> {
        Some((self.before, self.found?))
    }
}
