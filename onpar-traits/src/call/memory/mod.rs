//! The memory of calls: kept for the next ones, so that calls through trait objects allocate nothing once a program is under
//! way.
//!
//! Sizes are rounded up to a [`Class`]. What a call gives back goes to the thread that it ends on ([`thread`]), which keeps up
//! to eight pieces of each class, and from there, since futures move and one thread may begin what another one ends, to a row
//! of slots that all threads share ([`shared`]). Only what has no room there either is freed. So a call allocates if more of
//! its size are alive at once than ever before, which ends, or if more than those rooms hold end at once and begin again.
//!
//! Without std there are no threads to keep anything: the shared slots alone do.
//!
//! (Fewer pieces a thread than slots for all makes it settle: with eight threads that hand futures to each other, 8 * 7 pieces
//! may lie where nobody looks for them, and the 64 slots are more than that.)

#![expect(unsafe_code, reason = "it allocates")]

use alloc::alloc::{alloc, dealloc, handle_alloc_error};
use core::alloc::Layout;
use core::ptr::NonNull;

use self::class::Class;

mod class;
#[cfg(target_has_atomic = "ptr")]
mod shared;
#[cfg(feature = "std")]
mod thread;

/// Off for sanitizers, which see a use after free only where memory is really freed.
const KEEP: bool = cfg!(not(onpar_fresh_memory));

/// Memory of this layout.
#[inline]
pub(super) fn allocate(layout: Layout) -> NonNull<u8> {
    match Class::of(layout) {
        Some(class) => kept(class).unwrap_or_else(|| anew(class.layout())),
        None => anew(occupied(layout)),
    }
}

/// Gives memory back.
///
/// # Safety
///
/// It came from [`allocate`] with this layout, and is the caller's to give.
#[inline]
pub(super) unsafe fn free(memory: NonNull<u8>, layout: Layout) {
    let Some(class) = Class::of(layout) else {
        // SAFETY: as the caller promises; without a class, this is what was allocated.
        return unsafe { dealloc(memory.as_ptr(), occupied(layout)) };
    };
    // SAFETY: as the caller promises; `allocate` found the same class.
    unsafe { keep(class, memory) };
}

/// A piece that somebody gave back.
#[inline]
fn kept(class: Class) -> Option<NonNull<u8>> {
    #[cfg(feature = "std")]
    if let Some(memory) = thread::take(class) {
        return Some(memory);
    }
    #[cfg(target_has_atomic = "ptr")]
    return shared::take(class);
    #[cfg(not(target_has_atomic = "ptr"))]
    None
}

/// # Safety
///
/// The memory has the layout of the class, and is the caller's to give.
#[inline]
unsafe fn keep(class: Class, memory: NonNull<u8>) {
    #[cfg(feature = "std")]
    // SAFETY: as the caller promises.
    if unsafe { thread::keep(class, memory) } {
        return;
    }
    // SAFETY: as the caller promises; the thread has not kept it.
    unsafe { keep_for_all(class, memory) };
}

/// # Safety
///
/// As for [`keep`].
unsafe fn keep_for_all(class: Class, memory: NonNull<u8>) {
    #[cfg(target_has_atomic = "ptr")]
    // SAFETY: as the caller promises.
    if unsafe { shared::keep(class, memory) } {
        return;
    }
    // SAFETY: as the caller promises; nobody has kept it.
    unsafe { dealloc(memory.as_ptr(), class.layout()) };
}

/// What has no size takes a byte, since each value has a place of its own.
#[inline]
fn occupied(layout: Layout) -> Layout {
    if layout.size() > 0 { layout } else { Layout::new::<u8>().align_to(layout.align()).unwrap_or(layout) }
}

#[cold]
fn anew(layout: Layout) -> NonNull<u8> {
    // SAFETY: the layout is not of size zero: neither are those of classes, nor is what `occupied` gives.
    let memory = unsafe { alloc(layout) };
    NonNull::new(memory).unwrap_or_else(|| handle_alloc_error(layout))
}
