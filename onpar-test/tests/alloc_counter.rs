//! The counting allocator counts this thread's allocations, and no other's.

use onpar_test::{Allocations, CountingAllocator, allocations};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

#[test]
fn nothing_allocated_is_zero() {
    let ((), counted) = allocations(|| {});
    assert_eq!(counted, Allocations::default());
}

#[test]
fn growth_counts_with_what_was_added() {
    let (vec, counted) = allocations(|| {
        let mut vec = Vec::<u8>::with_capacity(10);
        vec.reserve_exact(30);
        vec.resize(30, 1);
        vec
    });
    assert_eq!(vec.capacity(), 30);
    // An empty vector has nothing to keep: reserving anew may be one allocation of 30 or a growth by 20.
    assert_eq!(counted.count, 2);
    assert_eq!(counted.bytes, 30);
}

#[test]
fn other_threads_do_not_count() {
    let (sender, receiver) = std::sync::mpsc::sync_channel::<()>(0);
    let (done, wait) = std::sync::mpsc::sync_channel::<()>(0);
    let other = std::thread::spawn(move || {
        receiver.recv().unwrap();
        drop(core::hint::black_box(vec![0_u8; 1000]));
        done.send(()).unwrap();
    });
    let ((), counted) = allocations(|| {
        sender.send(()).unwrap();
        wait.recv().unwrap();
    });
    other.join().unwrap();
    assert!(counted.bytes < 1000, "{counted:?}");
}
