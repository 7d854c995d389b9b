//! Tuples of one to twelve fields (std's own limit): one field after another, as `Drop` does it. An error stops nobody.

use core::error::Error;
use core::fmt;

use super::{AsyncDrop, LocalAsyncDrop};
use crate::ExitReason;

/// The errors of a tuple's fields: a tuple of options in the same order.
///
/// # Examples
///
/// ```
/// use onpar_core::TupleError;
///
/// let error = TupleError { errors: (Some("refused"), None::<std::io::Error>) };
/// assert_eq!(error.to_string(), "a field of a tuple failed to drop; field 0: refused");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TupleError<Errors> {
    /// What went wrong with each field.
    pub errors: Errors,
}

macro_rules! tuple {
    ($Trait:ident: $($T:ident $i:tt),+) => {
        impl<$($T: $Trait),+> $Trait for ($($T,)+) {
            type Error = TupleError<($(Option<$T::Error>,)+)>;

            async fn async_drop(self, reason: ExitReason) -> Result<(), Self::Error> {
                let errors = ($(self.$i.async_drop(reason).await.err(),)+);
                if $(errors.$i.is_none())&&+ { Ok(()) } else { Err(TupleError { errors }) }
            }
        }
    };
}

macro_rules! tuples {
    ($($($T:ident $i:tt),+;)+) => {$(
        tuple!(AsyncDrop: $($T $i),+);
        tuple!(LocalAsyncDrop: $($T $i),+);

        impl<$($T: fmt::Display),+> fmt::Display for TupleError<($(Option<$T>,)+)> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field of a tuple failed to drop")?;
                $(if let Some(error) = &self.errors.$i {
                    write!(f, "; field {}: {error}", $i)?;
                })+
                Ok(())
            }
        }

        impl<$($T: Error + 'static),+> Error for TupleError<($(Option<$T>,)+)> {
            /// The first field's error.
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                $(if let Some(error) = &self.errors.$i {
                    return Some(error);
                })+
                None
            }
        }
    )+};
}

tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
}
