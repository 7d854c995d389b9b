//! [`TryForEach`]: a closure called for each item, until it gives an error or a break.

use core::ops::ControlFlow;

use super::Consumer;
use crate::Try;

/// The rule of [`try_for_each`](crate::AsyncIterator::try_for_each).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// let parsed = ["1", "x", "2"].into_async_iter().try_for_each(async |text| text.parse::<u8>().map(drop));
/// assert!(pollster::block_on(parsed).is_err());
/// ```
#[derive(Clone, Debug)]
pub struct TryForEach<R> {
    end: Option<R>,
}

impl<R> TryForEach<R> {
    pub(crate) const fn new() -> Self {
        Self { end: None }
    }
}

impl<R: Try<Output = ()>> Consumer<R> for TryForEach<R> {
    type Output = R;

    #[inline]
    fn take(&mut self, result: R) -> ControlFlow<()> {
        match result.branch() {
            ControlFlow::Continue(()) => ControlFlow::Continue(()),
            ControlFlow::Break(end) => {
                self.end = Some(end);
                ControlFlow::Break(())
            }
        }
    }

    #[inline]
    fn finish(self) -> R {
        self.end.unwrap_or_else(|| R::from_output(()))
    }
}
