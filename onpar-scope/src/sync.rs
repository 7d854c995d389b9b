//! The synchronisation primitives of this crate, in one place, so that loom can take their place.
//!
//! Built with `--cfg loom`, everything that crosses threads is model-checked: see `engine/loom_model.rs`.

#[cfg(not(loom))]
pub(crate) use atomic_waker::AtomicWaker;
#[cfg(not(loom))]
pub(crate) use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
#[cfg(not(loom))]
pub(crate) use std::sync::Mutex;

#[cfg(loom)]
pub(crate) use loom::future::AtomicWaker;
#[cfg(loom)]
pub(crate) use loom::sync::Mutex;
#[cfg(loom)]
pub(crate) use loom::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// For whoever has just given back the last of the references that `count` counts, with [`Ordering::Release`]: what was done
/// with the others happens before what follows.
///
/// A load, and not a fence, which ThreadSanitizer does not know (std's `Arc` has the one or the other, by an unstable
/// `cfg`). It is as good: nobody is left who could write, so it reads what the caller has just written, by a
/// read-modify-write; and that is part of the release sequence of every reference that was given back before.
#[inline]
pub(crate) fn acquire(count: &AtomicUsize) {
    count.load(Ordering::Acquire);
}
