//! What all threads share: a row of slots for each class.
//!
//! A piece is taken out of a slot by a swap, and put into an empty one by a compare-and-exchange. Nothing is looked into before
//! it is owned, so a slot that changes hands in between does no harm.

#![expect(unsafe_code, reason = "it keeps memory that others have allocated")]

use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicPtr, Ordering};

use super::class::Class;

/// How many pieces of a class are kept for all threads together. Without std they are all there is: eight calls on each of
/// eight objects.
const SLOTS: usize = 64;

static SHARED: [Row; Class::COUNT] = [const { Row([const { AtomicPtr::new(ptr::null_mut()) }; SLOTS]) }; Class::COUNT];

/// A row begins on a cache line of its own.
#[repr(align(64))]
struct Row<const N: usize = SLOTS>([AtomicPtr<u8>; N]);

/// A piece that some thread has kept.
pub(super) fn take(class: Class) -> Option<NonNull<u8>> {
    SHARED[class.index()].take()
}

/// Keeps a piece, if there is room. Returns whether it did.
///
/// # Safety
///
/// The memory has the layout of the class, and is the caller's to give, if this returns true.
pub(super) unsafe fn keep(class: Class, memory: NonNull<u8>) -> bool {
    SHARED[class.index()].keep(memory)
}

impl<const N: usize> Row<N> {
    fn take(&self) -> Option<NonNull<u8>> {
        let mut full = self.0.iter().filter(|slot| !slot.load(Ordering::Relaxed).is_null());
        // Acquire: whoever gave the piece has ended with it.
        full.find_map(|slot| NonNull::new(slot.swap(ptr::null_mut(), Ordering::Acquire)))
    }

    fn keep(&self, memory: NonNull<u8>) -> bool {
        self.0.iter().any(|slot| {
            slot.load(Ordering::Relaxed).is_null()
                // Release: we have ended with it.
                && slot.compare_exchange(ptr::null_mut(), memory.as_ptr(), Ordering::Release, Ordering::Relaxed).is_ok()
        })
    }
}
