//! [`CountingAllocator`]: counts what the calling thread allocates.
//!
//! The counts are thread-local, so that tests which run side by side do not see each other. The thread-local is a plain
//! `Cell` of integers: it is initialised at compile time and has no destructor, so reaching it allocates nothing and
//! works in every phase of a thread's life.
#![expect(unsafe_code, reason = "an allocator is an unsafe trait; each call is passed on unchanged")]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::hint::black_box;
use std::alloc::System;

thread_local! {
    static COUNT: Cell<Allocations> = const { Cell::new(Allocations { count: 0, bytes: 0 }) };
    static LIVE: Cell<i64> = const { Cell::new(0) };
}

/// How much was allocated. What was freed meanwhile is not taken off.
///
/// # Examples
///
/// ```
/// use onpar_test::{Allocations, CountingAllocator, allocations};
///
/// #[global_allocator]
/// static ALLOCATOR: CountingAllocator = CountingAllocator;
///
/// let (_, allocated) = allocations(|| String::from("borrow me instead"));
/// assert_eq!(allocated, Allocations { count: 1, bytes: 17 });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allocations {
    /// How many allocations there were. One that was made larger or smaller counts as one more.
    pub count: u64,
    /// The sum of their sizes. One that was made larger counts with what was added.
    pub bytes: u64,
}

/// The system's allocator, with a count of what each thread allocates.
///
/// # Examples
///
/// ```
/// use onpar_test::{CountingAllocator, allocations};
///
/// #[global_allocator]
/// static ALLOCATOR: CountingAllocator = CountingAllocator;
///
/// let (boxed, allocated) = allocations(|| Box::new([0_u8; 100]));
/// assert_eq!((boxed.len(), allocated.count, allocated.bytes), (100, 1, 100));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct CountingAllocator;

/// Runs `run`, and counts what it allocates on this thread.
///
/// # Panics
///
/// If [`CountingAllocator`] is not the program's global allocator: every count would be zero, and every test would pass.
///
/// # Examples
///
/// ```
/// use onpar_test::{CountingAllocator, allocations};
///
/// #[global_allocator]
/// static ALLOCATOR: CountingAllocator = CountingAllocator;
///
/// let mut numbers = Vec::with_capacity(8);
/// let ((), allocated) = allocations(|| numbers.extend(0..8));
/// assert_eq!(allocated.count, 0); // there was room
/// ```
pub fn allocations<T>(run: impl FnOnce() -> T) -> (T, Allocations) {
    let before = COUNT.get();
    drop(black_box(Box::new(black_box(0_u8))));
    let start = COUNT.get();
    assert!(
        start != before,
        "allocations are not counted: put `#[global_allocator] static A: onpar_test::CountingAllocator = \
         onpar_test::CountingAllocator;` into this test"
    );
    let value = run();
    let end = COUNT.get();
    (value, Allocations { count: end.count - start.count, bytes: end.bytes - start.bytes })
}

/// The bytes that this thread has allocated and not freed: negative on one that frees what others allocated.
///
/// Always 0 where [`CountingAllocator`] is not the program's global allocator.
///
/// # Examples
///
/// ```
/// use onpar_test::{CountingAllocator, live_bytes};
///
/// #[global_allocator]
/// static ALLOCATOR: CountingAllocator = CountingAllocator;
///
/// let before = live_bytes();
/// let kept = vec![0_u8; 100];
/// assert_eq!(live_bytes() - before, 100);
/// drop(kept);
/// assert_eq!(live_bytes(), before);
/// ```
pub fn live_bytes() -> i64 {
    LIVE.get()
}

/// Adds to what is live. No size of memory is near the limit of an `i64`.
fn live(bytes: usize, sign: i64) {
    LIVE.set(LIVE.get() + sign * bytes.cast_signed() as i64);
}

fn add(bytes: usize) {
    let before = COUNT.get();
    COUNT.set(Allocations { count: before.count + 1, bytes: before.bytes + bytes as u64 });
}

// SAFETY: every method passes its arguments on to `System`, which is a correct allocator, and returns what that returns.
// Counting changes two integers: it does not allocate (no lazy initialisation, no destructor) and does not unwind.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        live(layout.size(), 1);
        // SAFETY: the caller promises of `layout` what `System::alloc` asks.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        live(layout.size(), 1);
        // SAFETY: the caller promises of `layout` what `System::alloc_zeroed` asks.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        live(layout.size(), -1);
        // SAFETY: the caller got `pointer` from this allocator with `layout`, that is, from `System`.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        add(new_size.saturating_sub(layout.size()));
        live(layout.size(), -1);
        live(new_size, 1);
        // SAFETY: the caller got `pointer` from this allocator with `layout`, that is, from `System`, and promises of
        // `new_size` what `System::realloc` asks.
        unsafe { System.realloc(pointer, layout, new_size) }
    }
}
