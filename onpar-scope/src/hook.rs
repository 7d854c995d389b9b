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
/// use onpar_scope::{CleanupHook, set_cleanup_hook, take_cleanup_hook};
///
/// fn quietly<R>(work: impl FnOnce() -> R) -> R {
///     let before: Option<CleanupHook> = set_cleanup_hook(|_| {});
///     let result = work();
///     match before {
///         Some(hook) => set_cleanup_hook(hook),
///         None => take_cleanup_hook(),
///     };
///     result
/// }
/// assert_eq!(quietly(|| 42), 42);
/// assert!(take_cleanup_hook().is_none());
/// ```
pub type CleanupHook = fn(&CleanupError);

static HOOK: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// Sets what is called with each cleanup error that no caller asked for: one that failed, panicked, was cut short by its
/// budget, or leaked because there was nobody to run it. Gives back the hook set before, if any.
///
/// Until a hook is set, such an error is written to standard error (with the feature `std`). The hook is process-wide and
/// is called on the thread where it happened, possibly while that thread unwinds: it should be short, and what it
/// panics with is dropped. [`take_cleanup_hook`] takes it away again.
///
/// # Examples
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use onpar_scope::{CleanupErrorKind, guard, set_cleanup_hook};
/// # struct Connection;
/// # impl onpar_core::AsyncDrop for Connection {
/// #     type Error = std::convert::Infallible;
/// #     async fn async_drop(self, _: onpar_core::ExitReason) -> Result<(), Self::Error> { Ok(()) }
/// # }
///
/// static LEAKED: AtomicUsize = AtomicUsize::new(0);
/// set_cleanup_hook(|error| {
///     if let CleanupErrorKind::Leaked = error.kind() {
///         LEAKED.fetch_add(1, Ordering::Relaxed);
///     }
/// });
/// drop(guard(Connection)); // no scope, no reaper: never silent
/// assert_ne!(LEAKED.load(Ordering::Relaxed), 0);
/// ```
pub fn set_cleanup_hook(hook: CleanupHook) -> Option<CleanupHook> {
    hook_at(HOOK.swap(hook as *mut (), Ordering::AcqRel))
}

/// Takes the hook away, and gives it back, if one was set. Cleanup errors are then written to standard error again (with
/// the feature `std`).
///
/// # Examples
///
/// ```
/// use onpar_scope::{set_cleanup_hook, take_cleanup_hook};
///
/// set_cleanup_hook(|error| panic!("no cleanup goes wrong here: {error}"));
/// assert!(take_cleanup_hook().is_some());
/// assert!(take_cleanup_hook().is_none());
/// ```
pub fn take_cleanup_hook() -> Option<CleanupHook> {
    hook_at(HOOK.swap(ptr::null_mut(), Ordering::AcqRel))
}

/// What is stored in [`HOOK`], as what it is.
fn hook_at(stored: *mut ()) -> Option<CleanupHook> {
    // SAFETY: only pointers made of a `CleanupHook` are ever stored, apart from null.
    (!stored.is_null()).then(|| unsafe { transmute::<*mut (), CleanupHook>(stored) })
}

/// Tells the hook. Never panics.
pub(crate) fn report(error: &CleanupError) {
    let Some(hook) = hook_at(HOOK.load(Ordering::Acquire)) else {
        #[cfg(feature = "std")]
        quietly(|| write_to_stderr(error));
        return;
    };
    #[cfg(not(feature = "std"))]
    hook(error);
    #[cfg(feature = "std")]
    quietly(|| hook(error));
}

/// Calls other people's code, and drops what it panics with.
#[cfg(feature = "std")]
fn quietly(call: impl FnOnce()) {
    crate::panics::discard(crate::panics::caught(call));
}

#[cfg(feature = "std")]
fn write_to_stderr(error: &CleanupError) {
    use std::io::{Write as _, stderr};
    // Nobody is left to tell that standard error is gone.
    drop(writeln!(stderr(), "onpar: {error}"));
}
