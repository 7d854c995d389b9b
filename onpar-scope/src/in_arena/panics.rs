//! Panics of other people's code: caught where there is std, which alone can do that.
//!
//! Without it they pass through whoever polls or drops, so everything here is in order before such code is called.

#[cfg(feature = "std")]
pub(super) use with_std::{Payload, caught, discard, is_panicking, resume, words};
#[cfg(not(feature = "std"))]
pub(super) use without_std::{Payload, caught, discard, is_panicking, resume};

#[cfg(feature = "std")]
mod with_std {
    use core::any::Any;
    use core::panic::AssertUnwindSafe;
    use std::panic::{catch_unwind, resume_unwind};

    /// What a panic carries.
    pub(in super::super) type Payload = Box<dyn Any + Send>;

    /// Calls other people's code. What has panicked is never polled again, and dropped.
    pub(in super::super) fn caught<R>(work: impl FnOnce() -> R) -> Result<R, Payload> {
        catch_unwind(AssertUnwindSafe(work))
    }

    pub(in super::super) fn is_panicking() -> bool {
        std::thread::panicking()
    }

    pub(in super::super) fn resume(payload: Payload) -> ! {
        resume_unwind(payload)
    }

    pub(in super::super) use crate::engine::frame::{discard, words_of as words};
}

#[cfg(not(feature = "std"))]
mod without_std {
    /// There is none: nothing is caught.
    pub(in super::super) type Payload = core::convert::Infallible;

    /// Calls other people's code.
    #[expect(clippy::unnecessary_wraps, reason = "with std it catches")]
    pub(in super::super) fn caught<R>(work: impl FnOnce() -> R) -> Result<R, Payload> {
        Ok(work())
    }

    /// Drops what came of something.
    pub(in super::super) fn discard<T>(result: Result<T, Payload>) {
        match result {
            Ok(result) => drop(result),
            Err(payload) => match payload {},
        }
    }

    /// Nobody can know.
    pub(in super::super) fn is_panicking() -> bool {
        false
    }

    pub(in super::super) fn resume(payload: Payload) -> ! {
        match payload {}
    }
}
