//! [`Allows`]: which types may be forgotten, so that what is left of them is known to be `Send`.
//!
//! ```
//! # #[cfg(feature = "alloc")] {
//! use onpar_traits::{Allows, Anything, Call};
//!
//! fn forget<F: Future<Output = u8> + 'static, A: ?Sized + Allows<F>>(future: F) -> Call<'static, u8, A> {
//!     Call::new(future)
//! }
//!
//! let held = std::rc::Rc::new(1);
//! forget::<_, Anything>(async move { *held });
//!
//! fn assert_send(_: impl Send) {}
//! assert_send(forget::<_, dyn Send>(async { 1 }));
//! # }
//! ```
//!
//! ```compile_fail,E0277
//! # use onpar_traits::Call;
//! let held = std::rc::Rc::new(1);
//! Call::<u8, dyn Send>::new(async move { *held }); // it is not
//! ```

#![expect(unsafe_code, reason = "what forgets a type relies on what this says about it")]

/// What may be forgotten under this marker: `dyn Send` allows what is `Send`, and [`Anything`] anything.
///
/// # Safety
///
/// If the marker is `Send`, it allows only what is `Send`; the same with `Sync`.
pub unsafe trait Allows<T: ?Sized> {}

/// The marker that allows any type, and is neither `Send` nor `Sync`.
#[derive(Debug)]
pub struct Anything {
    _neither: core::marker::PhantomData<*mut ()>,
}

// SAFETY: it is neither.
unsafe impl<T: ?Sized> Allows<T> for Anything {}

// SAFETY: it asks for it.
unsafe impl<T: ?Sized + Send> Allows<T> for dyn Send {}

// SAFETY: it asks for it.
unsafe impl<T: ?Sized + Sync> Allows<T> for dyn Sync {}

// SAFETY: it asks for both.
unsafe impl<T: ?Sized + Send + Sync> Allows<T> for dyn Send + Sync {}
