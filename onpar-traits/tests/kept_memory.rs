//! What calls allocate once a program is under way: nothing, also where there is a heap and no std, so that no thread can keep
//! anything and the slots for all are all there is.
//!
//! `cargo xtask no-std` runs it so: `cargo test -p onpar-traits --no-default-features --features alloc --test kept_memory`.

use core::alloc::{GlobalAlloc, Layout};
use core::array;
use core::cell::Cell;
use core::panic::AssertUnwindSafe;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use std::alloc::System;
use std::panic::catch_unwind;
use std::thread;

use onpar_traits::{Call, IterCall};

/// Counts the allocations of each thread.
struct Counting;

std::thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: it does what `System` does.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// How many allocations the second run takes.
fn in_steady_state(mut run: impl FnMut()) -> usize {
    run();
    let before = COUNT.get();
    run();
    COUNT.get() - before
}

/// What the attribute makes of a trait, as far as it matters here.
trait Hold {
    fn hold(&self) -> Call<'_, u8, dyn Send>;
    fn numbers(&self) -> IterCall<'_, u8>;
}

/// Its calls hold so many bytes: each test has some of a size that no other one has, since the slots are for all.
struct Holder<const BYTES: usize>(u8);

impl<const BYTES: usize> Hold for Holder<BYTES> {
    fn hold(&self) -> Call<'_, u8, dyn Send> {
        Call::new(async {
            let held = [self.0; BYTES];
            pending_once().await;
            held[BYTES - 1]
        })
    }

    fn numbers(&self) -> IterCall<'_, u8> {
        IterCall::new([self.0; BYTES].into_iter())
    }
}

async fn pending_once() {
    let mut was = false;
    core::future::poll_fn(|_| if core::mem::replace(&mut was, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// Polls a call twice.
fn twice(call: impl Future<Output = u8>) -> u8 {
    let (mut call, mut cx) = (pin!(call), Context::from_waker(Waker::noop()));
    assert!(call.as_mut().poll(&mut cx).is_pending());
    match call.poll(&mut cx) {
        Poll::Ready(number) => number,
        Poll::Pending => panic!("it is pending once"),
    }
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn calls_one_after_another_allocate_nothing() {
    let object: &dyn Hold = &Holder::<200>(1);
    let count = in_steady_state(|| {
        for _ in 0..100 {
            assert_eq!(twice(object.hold()), 1);
            assert_eq!(object.numbers().sum::<u8>(), 200);
        }
    });
    assert_eq!(count, 0);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn eight_calls_alive_at_once_on_an_object_allocate_nothing() {
    let object: &dyn Hold = &Holder::<700>(1);
    let mut cx = Context::from_waker(Waker::noop());
    let count = in_steady_state(|| {
        let mut calls: [_; 8] = array::from_fn(|_| object.hold());
        assert!(calls.iter_mut().all(|call| pin!(call).poll(&mut cx).is_pending()));
    });
    assert_eq!(count, 0);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn a_call_that_ends_on_a_thread_that_ends_leaves_its_memory_for_the_next_one() {
    let object = Holder::<2000>(1);
    let call = object.hold();
    thread::scope(|threads| threads.spawn(|| twice(call)).join().expect("it does not panic"));
    let before = COUNT.get();
    assert_eq!(twice(object.hold()), 1);
    assert_eq!(COUNT.get() - before, 0);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn a_future_whose_drop_panics_gives_its_memory_back() {
    /// As large as no other one here.
    struct Bomb([u8; 3000]);

    impl Drop for Bomb {
        fn drop(&mut self) {
            assert!(self.0[7] > 1, "the drop");
        }
    }

    let call = |number| {
        let bomb = Bomb([number; 3000]);
        Call::<u8>::new(async move {
            let held = bomb;
            held.0[7]
        })
    };
    drop(call(2));
    assert!(catch_unwind(AssertUnwindSafe(|| drop(call(1)))).is_err());
    let before = COUNT.get();
    drop(call(2));
    assert_eq!(COUNT.get() - before, 0);
}

/// Also where no memory is kept.
#[test]
fn a_future_of_no_size_has_a_place_too() {
    fn ready_by_itself() -> impl Future<Output = u8> {
        let future = core::future::poll_fn(|_| Poll::Ready(7));
        assert_eq!(size_of_val(&future), 0);
        future
    }

    let call = Call::<u8>::new(ready_by_itself());
    let other = Call::<u8>::new(ready_by_itself());
    assert_eq!((pollster::block_on(call), pollster::block_on(other)), (7, 7));
}
