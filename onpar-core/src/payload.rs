//! `Payload`: what a panic came with, such that an error that holds it may be shared between threads.
//!
//! A payload is `Send` and need not be `Sync`, whereas errors are passed as `Box<dyn Error + Send + Sync>`. So by reference nobody
//! gets at it, unless it is words, which are `Sync`; whoever owns it has all of it.
#![expect(unsafe_code, reason = "what is reachable by a reference is `Sync`, which the compiler cannot see")]

use alloc::boxed::Box;
use alloc::string::String;
use core::any::Any;

pub(crate) struct Payload {
    payload: Box<dyn Any + Send>,
}

// SAFETY: `words` is all that there is to do with a reference to it. It reads the payload's type, which is not of the value, and
// gives a reference to the value only if that is a `&'static str` or a `String`, and those are `Sync`.
unsafe impl Sync for Payload {}

impl Payload {
    pub(crate) const fn new(payload: Box<dyn Any + Send>) -> Self {
        Self { payload }
    }

    pub(crate) fn into_inner(self) -> Box<dyn Any + Send> {
        self.payload
    }

    /// What the panic said, if it said it in words.
    pub(crate) fn words(&self) -> Option<&str> {
        let payload = &*self.payload;
        payload
            .downcast_ref::<&'static str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(|words| &**words))
    }
}
