//! [`AtMostOne`]: the only item, if there is any.

use core::error::Error;
use core::fmt;
use core::ops::ControlFlow;

use super::Consumer;

/// There was more than one item: the error of [`at_most_one`](crate::AsyncItertools::at_most_one).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let error = pollster::block_on([1, 2, 3].into_async_iter().at_most_one()).unwrap_err();
/// assert_eq!((error.first, error.second), (1, 2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AtMostOneError<T> {
    /// The first item.
    pub first: T,
    /// The second one. No further one was asked for.
    pub second: T,
}

impl<T> fmt::Display for AtMostOneError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is more than one item where there should be at most one")
    }
}

impl<T: fmt::Debug> Error for AtMostOneError<T> {}

/// The rule of [`at_most_one`](crate::AsyncItertools::at_most_one).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let none = Vec::<u8>::new().into_async_iter().at_most_one();
/// assert_eq!(pollster::block_on(none), Ok(None));
/// ```
#[derive(Clone, Debug)]
pub struct AtMostOne<T> {
    first: Option<T>,
    second: Option<T>,
}

impl<T> AtMostOne<T> {
    pub(crate) const fn new() -> Self {
        Self { first: None, second: None }
    }
}

impl<T> Consumer<T> for AtMostOne<T> {
    type Output = Result<Option<T>, AtMostOneError<T>>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        if self.first.is_none() {
            self.first = Some(item);
            return ControlFlow::Continue(());
        }
        self.second = Some(item);
        ControlFlow::Break(())
    }

    #[inline]
    fn finish(self) -> Result<Option<T>, AtMostOneError<T>> {
        match (self.first, self.second) {
            (Some(first), Some(second)) => Err(AtMostOneError { first, second }),
            (one, _) => Ok(one),
        }
    }
}
