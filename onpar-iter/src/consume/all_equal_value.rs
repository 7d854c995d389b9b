//! [`AllEqualValue`]: what all items are equal to.

use core::error::Error;
use core::fmt;
use core::ops::ControlFlow;

use super::Consumer;

/// The first item and one that differs from it, or `None` if there was no item: the error of
/// [`all_equal_value`](crate::AsyncItertools::all_equal_value).
///
/// # Examples
///
/// ```
/// use onpar_iter::consume::AllEqualValueError;
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let version = [1, 1, 2].into_async_iter().all_equal_value();
/// assert_eq!(pollster::block_on(version), Err(AllEqualValueError(Some([1, 2]))));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "it is what it holds")]
pub struct AllEqualValueError<T>(pub Option<[T; 2]>);

impl<T> fmt::Display for AllEqualValueError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            None => "there is no item where all should be equal",
            Some(_) => "two items differ where all should be equal",
        })
    }
}

impl<T: fmt::Debug> Error for AllEqualValueError<T> {}

/// The rule of [`all_equal_value`](crate::AsyncItertools::all_equal_value).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, IntoAsyncIterator};
///
/// let version = ["1.2", "1.2"].into_async_iter().all_equal_value();
/// assert_eq!(pollster::block_on(version), Ok("1.2"));
/// ```
#[derive(Clone, Debug)]
pub struct AllEqualValue<T> {
    first: Option<T>,
    other: Option<T>,
}

impl<T> AllEqualValue<T> {
    pub(crate) const fn new() -> Self {
        Self { first: None, other: None }
    }
}

impl<T: PartialEq> Consumer<T> for AllEqualValue<T> {
    type Output = Result<T, AllEqualValueError<T>>;

    #[inline]
    fn take(&mut self, item: T) -> ControlFlow<()> {
        match &self.first {
            None => self.first = Some(item),
            Some(first) if *first == item => {}
            Some(_) => {
                self.other = Some(item);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn finish(self) -> Result<T, AllEqualValueError<T>> {
        match (self.first, self.other) {
            (Some(first), None) => Ok(first),
            (first, other) => Err(AllEqualValueError(first.zip(other).map(|(first, other)| [first, other]))),
        }
    }
}
