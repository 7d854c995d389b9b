//! `Box`, and values whose type has been erased: [`BoxAsyncDrop`] and [`LocalBoxAsyncDrop`].

use alloc::boxed::Box;
use core::error::Error;
use core::fmt;
use core::pin::Pin;

use super::{AsyncDrop, LocalAsyncDrop};
use crate::ExitReason;

/// Any error, owned. Strings, `anyhow::Error` and everything that implements [`Error`] turn into it.
///
/// # Examples
///
/// ```
/// use onpar_core::BoxError;
///
/// fn parse(number: &str) -> Result<u8, BoxError> {
///     match number.parse()? {
///         13 => Err("thirteen is taken".into()),
///         number => Ok(number),
///     }
/// }
/// assert!(parse("seven").is_err() && parse("13").is_err());
/// ```
pub type BoxError = Box<dyn Error + Send + Sync>;

macro_rules! boxed {
    ($Trait:ident) => {
        impl<T: $Trait> $Trait for Box<T> {
            type Error = T::Error;

            async fn async_drop(self, reason: ExitReason) -> Result<(), T::Error> {
                (*self).async_drop(reason).await
            }
        }
    };
}

boxed!(AsyncDrop);
boxed!(LocalAsyncDrop);

macro_rules! erased {
    ($(#[$doc:meta])* $Name:ident, $Trait:ident, $erase:ident $(, $Send:ident)?) => {
        $(#[$doc])*
        pub struct $Name<'a>(Box<dyn $erase<'a> + 'a>);

        /// What the erased value can still do.
        trait $erase<'a> $(: $Send)? {
            fn async_drop(
                self: Box<Self>,
                reason: ExitReason,
            ) -> Pin<Box<dyn Future<Output = Result<(), BoxError>> + 'a $(+ $Send)?>>;
        }

        impl<'a, T> $erase<'a> for T
        where
            T: $Trait<Error: Into<BoxError>> + 'a,
        {
            fn async_drop(
                self: Box<Self>,
                reason: ExitReason,
            ) -> Pin<Box<dyn Future<Output = Result<(), BoxError>> + 'a $(+ $Send)?>> {
                Box::pin(async move { $Trait::async_drop(*self, reason).await.map_err(Into::into) })
            }
        }

        impl<'a> $Name<'a> {
            /// Erases the type of `value`. Allocates once here, and once when the value is dropped asynchronously.
            pub fn new<T>(value: T) -> Self
            where
                T: $Trait<Error: Into<BoxError>> + 'a,
            {
                Self(Box::new(value))
            }
        }

        impl $Trait for $Name<'_> {
            type Error = BoxError;

            async fn async_drop(self, reason: ExitReason) -> Result<(), BoxError> {
                self.0.async_drop(reason).await
            }
        }

        impl fmt::Debug for $Name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($Name)).finish_non_exhaustive()
            }
        }
    };
}

erased! {
    /// A value of any type that implements [`AsyncDrop`], so that different ones fit into one collection.
    ///
    /// # Cancel safety
    ///
    /// As [`AsyncDrop`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::{AsyncDrop, BoxAsyncDrop, ExitReason};
    ///
    /// async fn end<A, B>(a: A, b: B)
    /// where
    ///     A: AsyncDrop<Error = std::io::Error>,
    ///     B: AsyncDrop<Error = std::fmt::Error>,
    /// {
    ///     let both = vec![BoxAsyncDrop::new(a), BoxAsyncDrop::new(b)];
    ///     for (index, error) in both.async_drop(ExitReason::Ended).await.unwrap_err().errors {
    ///         println!("{index}: {error}");
    ///     }
    /// }
    /// ```
    BoxAsyncDrop, AsyncDrop, Erased, Send
}

erased! {
    /// A value of any type that implements [`LocalAsyncDrop`].
    ///
    /// # Cancel safety
    ///
    /// As [`LocalAsyncDrop`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_core::{LocalAsyncDrop, LocalBoxAsyncDrop};
    ///
    /// fn erase<'a>(value: impl LocalAsyncDrop<Error = std::io::Error> + 'a) -> LocalBoxAsyncDrop<'a> {
    ///     LocalBoxAsyncDrop::new(value)
    /// }
    /// ```
    LocalBoxAsyncDrop, LocalAsyncDrop, LocalErased
}
