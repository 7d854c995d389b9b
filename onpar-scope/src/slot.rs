//! [`Slot`]: a pinned place for a value that is lent to a future beside it.
//!
//! The value sits in an `UnsafeCell`, and the slot is not `Unpin`, so that a `&mut` to the struct around both says nothing
//! about the lent value: the future's borrow stays valid while the struct is polled and projected.
#![expect(unsafe_code, reason = "a loan from a pinned place")]

use core::cell::UnsafeCell;
use core::marker::PhantomPinned;
use core::pin::Pin;

pub(crate) struct Slot<T> {
    value: UnsafeCell<Option<T>>,
    _pinned: PhantomPinned,
}

impl<T> Slot<T> {
    pub(crate) fn new() -> Self {
        Self { value: UnsafeCell::new(None), _pinned: PhantomPinned }
    }

    /// A slot with a value in it.
    pub(crate) fn holding(value: T) -> Self {
        Self { value: UnsafeCell::new(Some(value)), _pinned: PhantomPinned }
    }

    /// Puts a value in, and lends it.
    ///
    /// # Safety
    ///
    /// The loan is not used after the next call of `put`, `lend` or `take`, nor after the slot has been dropped.
    pub(crate) unsafe fn put<'x>(self: Pin<&mut Self>, value: T) -> &'x mut T {
        // SAFETY: the slot is ours alone, and an earlier loan is over, as that call's caller promised.
        unsafe { &mut *self.value.get() }.insert(value)
    }

    /// Lends the value, if there is one.
    ///
    /// # Safety
    ///
    /// As that of `put`.
    pub(crate) unsafe fn lend<'x>(self: Pin<&mut Self>) -> Option<&'x mut T> {
        // SAFETY: the slot is ours alone, and an earlier loan is over, as that call's caller promised.
        unsafe { &mut *self.value.get() }.as_mut()
    }

    /// Takes the value back, if there is one.
    pub(crate) fn take(self: Pin<&mut Self>) -> Option<T> {
        // SAFETY: the slot is ours alone, and the loan is over, as the caller of `put` or `lend` promised.
        unsafe { &mut *self.value.get() }.take()
    }
}
