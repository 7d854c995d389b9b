//! [`AsyncDrop`] and [`LocalAsyncDrop`], and the containers that pass them on.
//!
//! Both traits are siblings with the same shape: the first promises a `Send` future, the second does not. Neither is
//! derived from the other, so that a container can implement both by its own rule. Each container file states its
//! implementation once, for both traits.

mod array;
#[cfg(feature = "alloc")]
mod boxed;
mod option;
mod tuple;
#[cfg(feature = "alloc")]
mod vec;

#[cfg(feature = "alloc")]
pub use self::boxed::{BoxAsyncDrop, BoxError, LocalBoxAsyncDrop};
#[cfg(feature = "alloc")]
pub use self::vec::VecError;
pub use self::{array::ArrayError, tuple::TupleError};

use crate::ExitReason;

/// A value whose end needs `.await`: a connection that says goodbye, a transaction that rolls back.
///
/// Implement it with a plain `async fn`. The value is taken, and told [why](ExitReason) it ends. Nobody calls this by
/// hand: put the value into a guard (`onpar_scope::guard`), which sees to it that the call always happens.
///
/// # Cancel safety
///
/// The scopes of `onpar-scope` never cancel a cleanup that has begun, except when their budget has been used up; the
/// future is then dropped where it stands. What must happen even then belongs into [`Drop`].
///
/// # Errors
///
/// An error is reported, and never replaces the outcome of the work that the value served.
///
/// # Examples
///
/// ```
/// use onpar_core::{AsyncDrop, ExitReason};
///
/// struct Connection;
///
/// impl Connection {
///     async fn send(&mut self, _words: &str) -> Result<(), std::io::Error> {
///         Ok(())
///     }
/// }
///
/// impl AsyncDrop for Connection {
///     type Error = std::io::Error;
///
///     async fn async_drop(mut self, reason: ExitReason) -> Result<(), Self::Error> {
///         self.send(&format!("goodbye: {reason}")).await
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how it is dropped asynchronously",
    label = "this needs `AsyncDrop`: a `Send` value with an `async fn async_drop`",
    note = "implement `AsyncDrop` for it, or give the cleanup beside the value: `defer(value, async |value| ..)`",
    note = "a cleanup that is not `Send` belongs to `LocalAsyncDrop`, `local_guard` and `local_scope`"
)]
pub trait AsyncDrop: Send + Sized {
    /// What can go wrong. [`core::convert::Infallible`] if nothing can.
    type Error: Send;

    /// Ends the value.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future stops the cleanup where it stands.
    ///
    /// # Errors
    ///
    /// Whatever the implementation says can go wrong.
    fn async_drop(self, reason: ExitReason) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// [`AsyncDrop`] for values, or with futures, that are not `Send`.
///
/// # Cancel safety
///
/// As [`AsyncDrop`].
///
/// # Examples
///
/// ```
/// use std::{convert::Infallible, rc::Rc};
/// use onpar_core::{ExitReason, LocalAsyncDrop};
///
/// struct Widget(Rc<str>);
///
/// impl LocalAsyncDrop for Widget {
///     type Error = Infallible;
///
///     async fn async_drop(self, _reason: ExitReason) -> Result<(), Infallible> {
///         drop(self.0);
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how it is dropped asynchronously on this thread",
    label = "this needs `LocalAsyncDrop`: an `async fn async_drop`, which need not be `Send`",
    note = "implement `LocalAsyncDrop` for it, or give the cleanup beside the value: `local_defer(value, async |value| ..)`"
)]
pub trait LocalAsyncDrop: Sized {
    /// What can go wrong. [`core::convert::Infallible`] if nothing can.
    type Error;

    /// Ends the value.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future stops the cleanup where it stands.
    ///
    /// # Errors
    ///
    /// Whatever the implementation says can go wrong.
    fn async_drop(self, reason: ExitReason) -> impl Future<Output = Result<(), Self::Error>>;
}
