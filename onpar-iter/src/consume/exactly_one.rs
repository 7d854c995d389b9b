//! [`ExactlyOne`]: the only item.

use core::error::Error;
use core::fmt;
use core::ops::ControlFlow;

use super::{AtMostOne, Consumer};

/// There was no item, or more than one: the error of [`exactly_one`](crate::AsyncItertools::exactly_one).
///
/// # Examples
///
/// ```
/// use onpar_iter::consume::ExactlyOneError;
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let one = [1, 2, 3].into_async_iter().exactly_one();
/// assert_eq!(pollster::block_on(one), Err(ExactlyOneError::Several(1, 2)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no other number")]
pub enum ExactlyOneError<T> {
    /// There was none.
    None,
    /// There were several: the first two.
    Several(T, T),
}

impl<T> fmt::Display for ExactlyOneError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "there is no item where there should be exactly one",
            Self::Several(..) => "there is more than one item where there should be exactly one",
        })
    }
}

impl<T: fmt::Debug> Error for ExactlyOneError<T> {}

/// The rule of [`exactly_one`](crate::AsyncItertools::exactly_one).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// assert_eq!(pollster::block_on([7].into_async_iter().exactly_one()), Ok(7));
/// ```
#[derive(Clone, Debug)]
pub struct ExactlyOne<T> {
    rule: AtMostOne<T>,
}

impl<T> ExactlyOne<T> {
    pub(crate) const fn new() -> Self {
        Self { rule: AtMostOne::new() }
    }
}

impl<T> Consumer<T> for ExactlyOne<T> {
    type Output = Result<T, ExactlyOneError<T>>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        self.rule.take(item)
    }

    #[inline]
    fn finish(self) -> Result<T, ExactlyOneError<T>> {
        match self.rule.finish() {
            Ok(Some(one)) => Ok(one),
            Ok(None) => Err(ExactlyOneError::None),
            Err(several) => Err(ExactlyOneError::Several(several.first, several.second)),
        }
    }
}
