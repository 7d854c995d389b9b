//! [`OnceBox`]: a value on the heap, made by the first who needs it.
//!
//! A scope has several that hardly any scope ever needs. Each takes one word, and one look where there is nothing to be dropped;
//! std's `OnceLock` takes the value's own size, or two words around a box.

use core::marker::PhantomData;
use core::ptr;

use crate::sync::{AtomicPtr, Ordering};

/// For every thread.
pub(super) struct OnceBox<T> {
    /// Null, and then, once, a box.
    value: AtomicPtr<T>,
    _owned: PhantomData<Box<T>>,
}

impl<T: Send + Sync> OnceBox<T> {
    pub(super) fn new() -> Self {
        Self { value: AtomicPtr::new(ptr::null_mut()), _owned: PhantomData }
    }

    /// The value, if it has been made.
    #[inline]
    pub(super) fn get(&self) -> Option<&T> {
        // Acquire: the value was written before.
        let value = self.value.load(Ordering::Acquire);
        // SAFETY: it is null, or a box of ours, which lives as long as we do and is never borrowed mutably.
        unsafe { value.as_ref() }
    }

    /// The value, which is made if it is not there.
    pub(super) fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        if let Some(value) = self.get() {
            return value;
        }
        let ours = Box::into_raw(Box::new(make()));
        // Release: the value is seen by whoever sees the pointer. Acquire: the value of another thread that came first.
        let value = match self.value.compare_exchange(ptr::null_mut(), ours, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => ours,
            Err(first) => {
                // SAFETY: nobody else has seen the box that we have just made.
                drop(unsafe { Box::from_raw(ours) });
                first
            }
        };
        // SAFETY: as in `get`.
        unsafe { &*value }
    }
}

impl<T> Drop for OnceBox<T> {
    #[inline]
    fn drop(&mut self) {
        let value = self.value.load(Ordering::Relaxed);
        if !value.is_null() {
            end(value);
        }
    }
}

/// Drops the box.
#[cold]
fn end<T>(value: *mut T) {
    // SAFETY: it came from a box that nobody else has.
    drop(unsafe { Box::from_raw(value) });
}

#[cfg(all(test, not(loom)))]
mod tests {
    use std::sync::Barrier;
    use std::thread;

    use super::*;

    #[test]
    fn the_first_value_stays_whoever_makes_another() {
        let once = OnceBox::new();
        assert_eq!(once.get(), None);
        assert_eq!(once.get_or_init(|| 1), &1);
        assert_eq!((once.get_or_init(|| 2), once.get()), (&1, Some(&1)));
    }

    #[test]
    fn threads_that_make_it_at_once_have_one_value_and_the_others_are_dropped() {
        for _ in 0..100 {
            let (once, barrier, value) = (OnceBox::new(), Barrier::new(4), alloc::sync::Arc::new(()));
            thread::scope(|s| {
                let make = || {
                    barrier.wait();
                    ptr::from_ref(once.get_or_init(|| alloc::sync::Arc::clone(&value))).addr()
                };
                let seen = [(); 4].map(|()| s.spawn(make)).map(|thread| thread.join().unwrap());
                assert!(seen.iter().all(|other| *other == seen[0]));
            });
            assert_eq!(alloc::sync::Arc::strong_count(&value), 2);
            drop(once);
            assert_eq!(alloc::sync::Arc::strong_count(&value), 1);
        }
    }
}
