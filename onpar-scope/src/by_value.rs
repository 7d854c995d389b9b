//! [`ByValue`]: members that are owned, and not lent.
//!
//! `&mut F` and `Pin<&mut F>` are futures too, as far as the language goes. A race that was lent one could lose interest in
//! it, and leave it lying: unpolled, perhaps with a lock in its hands, or first in the line for one ("futurelock", RFD 609 of
//! Oxide). No bound says "is no reference". But a bound with a parameter that the compiler has to find can be met in one way
//! by every future, and in a second way by a reference, whose parameter is then found by nobody. The error quotes the lines
//! that it could not choose between; so they say what to write instead.

use core::pin::Pin;

use crate::together::Container;

/// Members that can be given up, because they are owned: a tuple, an array or a `Vec` of futures, none of which is a `&mut F`
/// or a `Pin<&mut F>`.
///
/// A future that is only lent would lie there unpolled when it has lost a race, with whatever it holds. Give it away, or
/// [spawn](crate::Scope::spawn) it: a handle that is dropped leaves its child running.
///
/// The parameter is the compiler's to find. Generic code passes it on.
///
/// # Examples
///
/// ```
/// use onpar_scope::{ByValue, IntoRace, race};
///
/// async fn race_loudly<M: IntoRace + ByValue<K>, K>(members: M) -> M::Output {
///     println!("ready, steady, go");
///     race(members).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not own futures",
    label = "this is no tuple, array or `Vec` of futures"
)]
pub trait ByValue<K>: Container {}

/// A future of which the parameter is known: one that is owned.
#[diagnostic::on_unimplemented(message = "`{Self}` is no future", label = "this is no future")]
#[expect(unnameable_types, reason = "it stands behind `ByValue`")]
#[doc(hidden)]
pub trait Owned<K> {}

/// The parameter of every future.
#[expect(unnameable_types, missing_debug_implementations, reason = "as above")]
#[doc(hidden)]
pub enum AnyFuture {}

/// The parameter of what is only lent.
#[expect(unnameable_types, missing_debug_implementations, reason = "as above")]
#[doc(hidden)]
pub enum LentFuture {}

impl<F: Future> Owned<AnyFuture> for F {}
impl<F: ?Sized> Owned<LentFuture> for &mut F {} // a lent future would lie unpolled when it has lost: give it away
impl<F: ?Sized> Owned<LentFuture> for Pin<&mut F> {} // a lent future would lie unpolled when it has lost: give it away
