//! [`silently`]: panics that are meant, without their words on standard error.

use core::panic::AssertUnwindSafe;
use std::panic::{catch_unwind, resume_unwind, set_hook, take_hook};

/// Runs `program` with a panic hook that says nothing.
///
/// # Panics
///
/// As the program does.
pub fn silently<T>(program: impl FnOnce() -> T) -> T {
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let result = catch_unwind(AssertUnwindSafe(program));
    set_hook(hook);
    result.unwrap_or_else(|payload| resume_unwind(payload))
}
