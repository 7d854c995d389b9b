//! [`OfThisThread`]: keeps a type on its thread, and has the compiler say what to write instead.
//!
//! A `PhantomData<*const ()>` would do the first alone. This one's `Send` and `Sync` hang on a trait that nothing
//! implements, so the compiler looks for that trait, and says what it is told to say about it.
#![expect(unsafe_code, reason = "`Send` and `Sync` on a condition that never holds")]

use core::marker::PhantomData;

/// Nothing implements it.
#[diagnostic::on_unimplemented(
    message = "a local scope or guard stays on its thread",
    label = "this may move between threads",
    note = "use `scope`, `guard`, `defer` or `timeout`, or spawn this by a `SpawnLocal`"
)]
pub(crate) trait MovesBetweenThreads {}

/// The lifetime is there for the compiler's sake, which refuses a condition without parameters that does not hold.
pub(crate) struct Local<'a>(PhantomData<&'a ()>);

/// Neither `Send` nor `Sync`.
pub(crate) struct OfThisThread<L = Local<'static>>(PhantomData<L>);

impl OfThisThread {
    pub(crate) const HERE: Self = Self(PhantomData);
}

// SAFETY: the condition never holds.
unsafe impl<L: MovesBetweenThreads> Send for OfThisThread<L> {}
// SAFETY: the condition never holds.
unsafe impl<L: MovesBetweenThreads> Sync for OfThisThread<L> {}
