//! `Option`: a value that may be there.

use super::{AsyncDrop, LocalAsyncDrop};
use crate::ExitReason;

macro_rules! option {
    ($Trait:ident) => {
        impl<T: $Trait> $Trait for Option<T> {
            type Error = T::Error;

            async fn async_drop(self, reason: ExitReason) -> Result<(), T::Error> {
                match self {
                    Some(value) => value.async_drop(reason).await,
                    None => Ok(()),
                }
            }
        }
    };
}

option!(AsyncDrop);
option!(LocalAsyncDrop);
