//! [`Concat`]: all collections in one.

use core::ops::ControlFlow;

use super::Consumer;

/// The rule of [`concat`](crate::AsyncItertools::concat).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let all = [vec![1], vec![2, 3]].into_async_iter().concat();
/// assert_eq!(pollster::block_on(all), [1, 2, 3]);
/// ```
#[derive(Clone, Debug)]
pub struct Concat<C> {
    first: Option<C>,
}

impl<C> Concat<C> {
    pub(crate) const fn new() -> Self {
        Self { first: None }
    }
}

impl<C: IntoIterator + Extend<C::Item> + Default> Consumer<C> for Concat<C> {
    type Output = C;

    #[inline]
    fn take(&mut self, collection: C) -> ControlFlow<()> {
        match &mut self.first {
            Some(first) => first.extend(collection),
            None => self.first = Some(collection),
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> C {
        self.first.unwrap_or_default()
    }
}
