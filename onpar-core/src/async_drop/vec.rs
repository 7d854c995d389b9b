//! `Vec`: one element after another, from the first to the last, as `Drop` does it. An error stops nobody.

use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use super::{AsyncDrop, LocalAsyncDrop};
use crate::ExitReason;

/// The errors of a vector's elements, with the index of each.
///
/// # Examples
///
/// ```
/// use onpar_core::VecError;
///
/// let error = VecError { errors: vec![(7, "refused")] };
/// assert_eq!(error.to_string(), "1 element failed to drop; element 7: refused");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VecError<E> {
    /// Index and error of each element that failed, in order. Never empty when it comes from an `async_drop`.
    pub errors: Vec<(usize, E)>,
}

macro_rules! vec {
    ($Trait:ident) => {
        impl<T: $Trait> $Trait for Vec<T> {
            type Error = VecError<T::Error>;

            async fn async_drop(self, reason: ExitReason) -> Result<(), Self::Error> {
                let mut errors = Vec::new();
                for (index, value) in self.into_iter().enumerate() {
                    if let Err(error) = value.async_drop(reason).await {
                        errors.push((index, error));
                    }
                }
                if errors.is_empty() { Ok(()) } else { Err(VecError { errors }) }
            }
        }
    };
}

vec![AsyncDrop];
vec![LocalAsyncDrop];

impl<E: fmt::Display> fmt::Display for VecError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.errors.len();
        write!(f, "{count} element{} failed to drop", if count == 1 { "" } else { "s" })?;
        for (index, error) in &self.errors {
            write!(f, "; element {index}: {error}")?;
        }
        Ok(())
    }
}

impl<E: Error + 'static> Error for VecError<E> {
    /// The first element's error.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.errors.first().map(|(_, error)| error as _)
    }
}
