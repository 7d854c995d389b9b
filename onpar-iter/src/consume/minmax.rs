//! [`MinMax`]: the least and the greatest item at once.

use core::ops::ControlFlow;

use super::Consumer;

/// The least and the greatest of some items: what [`minmax`](crate::AsyncItertools::minmax) gives.
///
/// # Examples
///
/// ```
/// use onpar_iter::consume::MinMaxResult;
///
/// assert_eq!(MinMaxResult::OneElement(7).into_option(), Some((7, 7)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no other number of ends")]
pub enum MinMaxResult<T> {
    /// There was no item.
    NoElements,
    /// There was one item, the least and the greatest.
    OneElement(T),
    /// The least item, of equal ones the first; and the greatest, of equal ones the last.
    MinMax(T, T),
}

impl<T> MinMaxResult<T> {
    /// The least and the greatest, if there was any item.
    pub fn into_option(self) -> Option<(T, T)>
    where
        T: Clone,
    {
        match self {
            Self::NoElements => None,
            Self::OneElement(one) => Some((one.clone(), one)),
            Self::MinMax(min, max) => Some((min, max)),
        }
    }

    /// Adds an item, with how `less` compares.
    #[inline]
    pub(super) fn with(self, item: T, less: impl Fn(&T, &T) -> bool) -> Self {
        match self {
            Self::NoElements => Self::OneElement(item),
            Self::OneElement(one) if less(&item, &one) => Self::MinMax(item, one),
            Self::OneElement(one) => Self::MinMax(one, item),
            Self::MinMax(min, max) if less(&item, &min) => Self::MinMax(item, max),
            Self::MinMax(min, max) if less(&item, &max) => Self::MinMax(min, max),
            Self::MinMax(min, _) => Self::MinMax(min, item),
        }
    }
}

/// The rule of [`minmax`](crate::AsyncItertools::minmax).
///
/// # Examples
///
/// ```
/// use onpar_iter::consume::MinMaxResult;
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let range = [3, 1, 2].into_async_iter().minmax();
/// assert_eq!(pollster::block_on(range), MinMaxResult::MinMax(1, 3));
/// ```
#[derive(Clone, Debug)]
pub struct MinMax<T> {
    so_far: Option<MinMaxResult<T>>,
}

impl<T> MinMax<T> {
    pub(crate) const fn new() -> Self {
        Self { so_far: None }
    }
}

impl<T: PartialOrd> Consumer<T> for MinMax<T> {
    type Output = MinMaxResult<T>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        let so_far = self.so_far.take().unwrap_or(MinMaxResult::NoElements);
        self.so_far = Some(so_far.with(item, |a, b| a < b));
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> MinMaxResult<T> {
        self.so_far.unwrap_or(MinMaxResult::NoElements)
    }
}
