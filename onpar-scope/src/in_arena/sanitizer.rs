//! What is free in an arena is hidden from the program under AddressSanitizer, which would else see one object that is in use.
//!
//! The step of CI that builds with it sets the `cfg`. Elsewhere this is nothing.
#![cfg_attr(onpar_fresh_memory, expect(unsafe_code, reason = "the sanitizer's own functions"))]

use core::ptr::NonNull;

#[cfg(onpar_fresh_memory)]
unsafe extern "C" {
    fn __asan_poison_memory_region(at: *const u8, size: usize);
    fn __asan_unpoison_memory_region(at: *const u8, size: usize);
}

/// Nobody is to touch so many bytes there.
pub(super) fn hide(at: NonNull<u8>, size: usize) {
    #[cfg(onpar_fresh_memory)]
    // SAFETY: it marks addresses, and touches none of them.
    unsafe {
        __asan_poison_memory_region(at.as_ptr(), size);
    }
    #[cfg(not(onpar_fresh_memory))]
    let _ = (at, size);
}

/// They may be touched again.
pub(super) fn show(at: NonNull<u8>, size: usize) {
    #[cfg(onpar_fresh_memory)]
    // SAFETY: as above.
    unsafe {
        __asan_unpoison_memory_region(at.as_ptr(), size);
    }
    #[cfg(not(onpar_fresh_memory))]
    let _ = (at, size);
}
