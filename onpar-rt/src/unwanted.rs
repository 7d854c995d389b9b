//! `drop_unwanted`: drops what nobody takes any more, such as the output of a task whose handle has gone.
//!
//! A panic of its destructor ends here, after the panic hook has told of it: whoever happens to drop it, an executor among other
//! tasks or the last owner of a handle, has no part in it. Without std nothing unwinds, and a panic ends the program.

pub(crate) fn drop_unwanted<T>(value: T) {
    if core::mem::needs_drop::<T>() {
        without_panic(|| drop(value));
    }
}

/// The same for what cannot be moved: `end` drops it in place.
#[cfg(feature = "std")]
pub(crate) fn without_panic(end: impl FnOnce()) {
    use core::panic::AssertUnwindSafe;
    use std::panic::catch_unwind;

    if let Err(payload) = catch_unwind(AssertUnwindSafe(end))
        // What a panic carries may be anything, and may panic in turn. The second one is kept for ever.
        && let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload)))
    {
        core::mem::forget(another);
    }
}

#[cfg(not(feature = "std"))]
pub(crate) fn without_panic(end: impl FnOnce()) {
    end();
}
