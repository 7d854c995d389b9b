//! [`TryFind`]: the first item that a closure says yes to, if it does not fail before.

use core::ops::ControlFlow;

use super::Consumer;
use crate::{Try as _, TryWith};

/// The rule of [`try_find`](crate::AsyncItertools::try_find).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let is_two = async |text: &&str| text.parse::<u8>().map(|number| number == 2);
/// pollster::block_on(async {
///     assert_eq!(["1", "2", "x"].into_async_iter().try_find(is_two).await, Ok(Some("2")));
///     assert!(["1", "x", "2"].into_async_iter().try_find(is_two).await.is_err());
/// });
/// ```
#[derive(Clone, Debug)]
pub struct TryFind<T, R> {
    found: Option<T>,
    end: Option<R>,
}

impl<T, R> TryFind<T, R> {
    pub(crate) const fn new() -> Self {
        Self { found: None, end: None }
    }
}

impl<T, R> Consumer<(T, R)> for TryFind<T, R>
where
    R: TryWith<Option<T>, Output = bool>,
{
    type Output = R::Changed;

    #[inline]
    fn take(&mut self, (item, result): (T, R)) -> ControlFlow<()> {
        match result.branch() {
            ControlFlow::Continue(false) => return ControlFlow::Continue(()),
            ControlFlow::Continue(true) => self.found = Some(item),
            ControlFlow::Break(end) => self.end = Some(end),
        }
        ControlFlow::Break(())
    }

    #[inline]
    fn finish(self) -> R::Changed {
        match self.end.map(R::branch_with) {
            Some(ControlFlow::Break(end)) => end,
            _ => R::Changed::from_output(self.found),
        }
    }
}
