//! [`Children`]: has a scope's future end before anything that its children borrow.
//!
//! The body's own type says what an `async` closure borrows, and with it the handle. A plain closure may spawn children when it is
//! called, and return a future that borrows nothing: then nothing but this says how long the children live.

use core::marker::PhantomData;

/// Children that are spawned by a handle of this lifetime. Part of the future that drops them.
pub(crate) struct Children<'scope>(PhantomData<&'scope ()>);

impl<'scope> Children<'scope> {
    /// Those of this handle.
    pub(crate) fn of<H>(_handle: &'scope H) -> Self {
        Self(PhantomData)
    }
}

impl Drop for Children<'_> {
    /// Nothing is left to do: it is there for the compiler, which then takes it that the drop of the future uses what the
    /// children borrow.
    #[inline]
    fn drop(&mut self) {}
}
