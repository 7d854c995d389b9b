//! The hook: where cleanup errors go that no caller asked for.
//!
//! A plain function pointer, so that it works without a heap and costs a load where it is not used.
#![expect(unsafe_code, reason = "a function pointer in an atomic")]

use core::mem::transmute;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use crate::CleanupError;

/// What is called with a cleanup error.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Hook, set_hook};
///
/// fn quietly<R>(work: impl FnOnce() -> R) -> R {
///     let before: Option<Hook> = set_hook(|_| {});
///     let result = work();
///     set_hook(before.unwrap_or(|error| eprintln!("{error}")));
///     result
/// }
/// assert_eq!(quietly(|| 42), 42);
/// ```
pub type Hook = fn(&CleanupError);

static HOOK: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// Sets what is called with each cleanup error that no caller asked for: one that failed, panicked, was cut short by its
/// budget, or leaked because there was nobody to run it. Gives back the hook set before, if any.
///
/// Until a hook is set, such an error is written to standard error (with the feature `std`). The hook is process-wide and
/// is called on the thread where it happened, possibly while that thread unwinds: it should be short, and what it
/// panics with is dropped.
///
/// # Examples
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use onpar_scope::{CleanupErrorKind, guard, set_hook};
/// # struct Connection;
/// # impl onpar_core::AsyncDrop for Connection {
/// #     type Error = std::convert::Infallible;
/// #     async fn async_drop(self, _: onpar_core::ExitReason) -> Result<(), Self::Error> { Ok(()) }
/// # }
///
/// static LEAKED: AtomicUsize = AtomicUsize::new(0);
/// set_hook(|error| {
///     if let CleanupErrorKind::Leaked = error.kind() {
///         LEAKED.fetch_add(1, Ordering::Relaxed);
///     }
/// });
/// drop(guard(Connection)); // no scope, no reaper: never silent
/// assert_eq!(LEAKED.load(Ordering::Relaxed), 1);
/// ```
pub fn set_hook(hook: Hook) -> Option<Hook> {
    let before = HOOK.swap(hook as *mut (), Ordering::AcqRel);
    // SAFETY: only pointers made of a `Hook` are ever stored, apart from null.
    (!before.is_null()).then(|| unsafe { transmute::<*mut (), Hook>(before) })
}

/// Tells the hook. Never panics.
pub(crate) fn report(error: &CleanupError) {
    let hook = HOOK.load(Ordering::Acquire);
    if hook.is_null() {
        #[cfg(feature = "std")]
        write_to_stderr(error);
        return;
    }
    // SAFETY: only pointers made of a `Hook` are ever stored, apart from null.
    let hook = unsafe { transmute::<*mut (), Hook>(hook) };
    #[cfg(not(feature = "std"))]
    hook(error);
    #[cfg(feature = "std")]
    drop(std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| hook(error))));
}

#[cfg(feature = "std")]
fn write_to_stderr(error: &CleanupError) {
    use std::io::{Write as _, stderr};
    // Nobody is left to tell that standard error is gone.
    drop(writeln!(stderr(), "onpar: {error}"));
}
