//! Panics of other people's code: caught where there is std, which alone can do that.
//!
//! Without it they pass through whoever polls or drops, so what can do without std is in order before such code is called.

#[cfg(feature = "std")]
pub(crate) use with_std::{Payload, caught, discard, is_panicking, resume, words, words_of};
#[cfg(not(feature = "std"))]
pub(crate) use without_std::{Payload, caught, discard, is_panicking, resume};

#[cfg(feature = "std")]
mod with_std {
    use core::any::Any;
    use core::panic::AssertUnwindSafe;
    use std::panic::{catch_unwind, resume_unwind};

    /// What a panic carries.
    pub(crate) type Payload = Box<dyn Any + Send>;

    /// Calls other people's code. What has panicked is never polled again, and dropped.
    #[inline]
    pub(crate) fn caught<R>(work: impl FnOnce() -> R) -> Result<R, Payload> {
        catch_unwind(AssertUnwindSafe(work))
    }

    /// Drops what came of something, with the payload of its panic: a panic has been told by the panic hook. A payload can panic
    /// in its turn as it is dropped; that one's payload is leaked, and so on to the end.
    pub(crate) fn discard<T>(result: Result<T, Payload>) {
        if let Err(payload) = result
            && let Err(further) = caught(|| drop(payload))
        {
            core::mem::forget(further);
        }
    }

    pub(crate) fn is_panicking() -> bool {
        std::thread::panicking()
    }

    pub(crate) fn resume(payload: Payload) -> ! {
        resume_unwind(payload)
    }

    /// What a panic said, which goes no further.
    pub(crate) fn words(payload: Payload) -> String {
        let words = words_of(&payload);
        discard::<()>(Err(payload));
        words
    }

    /// What a panic said.
    pub(crate) fn words_of(payload: &Payload) -> String {
        match payload.downcast_ref::<&'static str>() {
            Some(words) => (*words).to_owned(),
            None => payload.downcast_ref::<String>().cloned().unwrap_or_else(|| "(no message)".to_owned()),
        }
    }
}

#[cfg(not(feature = "std"))]
mod without_std {
    /// There is none: nothing is caught.
    pub(crate) type Payload = core::convert::Infallible;

    /// Calls other people's code.
    #[expect(clippy::unnecessary_wraps, reason = "with std it catches")]
    pub(crate) fn caught<R>(work: impl FnOnce() -> R) -> Result<R, Payload> {
        Ok(work())
    }

    /// Drops what came of something.
    pub(crate) fn discard<T>(result: Result<T, Payload>) {
        match result {
            Ok(result) => drop(result),
            Err(payload) => match payload {},
        }
    }

    /// Nobody can know.
    pub(crate) fn is_panicking() -> bool {
        false
    }

    pub(crate) fn resume(payload: Payload) -> ! {
        match payload {}
    }
}
