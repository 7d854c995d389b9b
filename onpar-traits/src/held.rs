//! [`Held`], [`HeldByRef`]: what a default body asks of `Self` on the `Send` side, in words that say why.
//!
//! ```
//! use onpar_traits::generated::{Held, HeldByRef};
//!
//! fn assert<T: Held + HeldByRef>() {}
//! assert::<String>();
//! ```

/// `Send`, for a default body that holds a `self` or a `&mut self`.
#[diagnostic::on_unimplemented(
    message = "the default body of this method holds a `{Self}`, which cannot be sent between threads",
    label = "this has to be `Send`",
    note = "on the `Send` side a default body asks for it: add `+ Send`, or implement the method"
)]
pub trait Held: Send {}

impl<T: ?Sized + Send> Held for T {}

/// `Sync`, for a default body that holds a `&self`.
#[diagnostic::on_unimplemented(
    message = "the default body of this method holds a `&{Self}`, which cannot be shared between threads",
    label = "this has to be `Sync`",
    note = "on the `Send` side a default body asks for it: add `+ Sync`, or implement the method"
)]
pub trait HeldByRef: Sync {}

impl<T: ?Sized + Sync> HeldByRef for T {}
