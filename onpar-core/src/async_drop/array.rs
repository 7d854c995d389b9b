//! Arrays: one element after another, from the first to the last, as `Drop` does it. An error stops nobody.

use core::error::Error;
use core::fmt;

use super::{AsyncDrop, LocalAsyncDrop};
use crate::ExitReason;

/// The errors of an array's elements, each at the index of its element.
///
/// # Examples
///
/// ```
/// use onpar_core::ArrayError;
///
/// let error = ArrayError { errors: [None, Some("refused")] };
/// assert_eq!(error.to_string(), "1 of 2 elements failed to drop; element 1: refused");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrayError<E, const N: usize> {
    /// What went wrong with each element.
    pub errors: [Option<E>; N],
}

macro_rules! array {
    ($Trait:ident) => {
        impl<T: $Trait, const N: usize> $Trait for [T; N] {
            type Error = ArrayError<T::Error, N>;

            async fn async_drop(self, reason: ExitReason) -> Result<(), Self::Error> {
                let mut errors = [const { None }; N];
                for (error, value) in errors.iter_mut().zip(self) {
                    *error = value.async_drop(reason).await.err();
                }
                if errors.iter().all(Option::is_none) { Ok(()) } else { Err(ArrayError { errors }) }
            }
        }
    };
}

array!(AsyncDrop);
array!(LocalAsyncDrop);

impl<E: fmt::Display, const N: usize> fmt::Display for ArrayError<E, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {N} elements failed to drop", self.errors.iter().flatten().count())?;
        for (index, error) in self.errors.iter().enumerate() {
            if let Some(error) = error {
                write!(f, "; element {index}: {error}")?;
            }
        }
        Ok(())
    }
}

impl<E: Error + 'static, const N: usize> Error for ArrayError<E, N> {
    /// The first element's error.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.errors.iter().flatten().next().map(|error| error as _)
    }
}
