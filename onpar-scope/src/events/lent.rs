//! [`Lent`]: the state of a loop, which is lent to one handler after another.
//!
//! A pointer, and not a `&mut`: that would say that nobody else uses the state, while a handler does.
#![expect(unsafe_code, reason = "a loan that begins anew for each handler")]

use core::marker::PhantomData;
use core::ptr::NonNull;

pub(crate) struct Lent<'x, S> {
    state: NonNull<S>,
    loan: PhantomData<&'x mut S>,
}

impl<S> Clone for Lent<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Lent<'_, S> {}

// SAFETY: it is a `&mut S`, in all but its promise to be alone at every moment.
unsafe impl<S: Send> Send for Lent<'_, S> {}

impl<'x, S> Lent<'x, S> {
    pub(crate) const fn new(state: &'x mut S) -> Self {
        Self { state: NonNull::from_mut(state), loan: PhantomData }
    }

    /// Lends the state.
    ///
    /// # Safety
    ///
    /// No earlier loan of this or of a copy is used any more, and this one is not used after the next.
    pub(crate) const unsafe fn lend(mut self) -> &'x mut S {
        // SAFETY: the pointer is made of a `&'x mut S`, and the caller promises that nobody else uses it.
        unsafe { self.state.as_mut() }
    }
}
