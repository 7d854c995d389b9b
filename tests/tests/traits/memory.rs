//! What calls through a trait object allocate: nothing, once a program is under way.

use alloc::sync::Arc;
use core::array;
use core::pin::pin;
use core::task::{Context, Waker};
use std::sync::mpsc;
use std::thread;

use futures::executor::block_on;
use futures::future::join_all;
use onpar::trait_variant;
use onpar_test::{CountingAllocator, Trigger, allocations};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

#[trait_variant(send = SendHold, dyn_send = DynSendHold)]
pub(crate) trait Hold {
    async fn small(&self) -> u8;
    async fn half_a_kilobyte(&self) -> u8;
    async fn a_kilobyte(&self) -> u8;
    async fn two_kilobytes(&self) -> u8;
    async fn four_kilobytes(&mut self) -> u8;
}

#[trait_variant(send = SendEnd, dyn_send = DynSendEnd)]
pub(crate) trait End {
    async fn end(self) -> u8;
}

struct Holder(Trigger);

#[trait_variant(send = SendHold)]
impl Hold for Holder {
    async fn small(&self) -> u8 {
        self.0.pending_once().await;
        1
    }

    async fn half_a_kilobyte(&self) -> u8 {
        let held = [1_u8; 512];
        self.0.pending_once().await;
        held[7]
    }

    async fn a_kilobyte(&self) -> u8 {
        let held = [1_u8; 1024];
        self.0.pending_once().await;
        held[7]
    }

    async fn two_kilobytes(&self) -> u8 {
        let held = [1_u8; 2048];
        self.0.pending_once().await;
        held[7]
    }

    async fn four_kilobytes(&mut self) -> u8 {
        let held = [1_u8; 4096];
        self.0.pending_once().await;
        held[7]
    }
}

#[trait_variant(send = SendEnd)]
impl End for Holder {
    async fn end(self) -> u8 {
        self.0.pending_once().await;
        1
    }
}

fn holder() -> Box<DynSendHold<'static>> {
    Box::new(Holder(Trigger::never()))
}

/// How many allocations the second run takes.
fn in_steady_state(mut run: impl FnMut()) -> u64 {
    run();
    allocations(run).1.count
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn calls_one_after_another_allocate_nothing() {
    let mut object = holder();
    let count = in_steady_state(|| {
        for _ in 0..100 {
            let calls = async {
                SendHold::small(&object).await + SendHold::half_a_kilobyte(&object).await + {
                    SendHold::four_kilobytes(&mut object).await
                }
            };
            assert_eq!(block_on(calls), 3);
        }
    });
    assert_eq!(count, 0);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn eight_calls_alive_at_once_on_an_object_allocate_nothing() {
    let objects: [_; 8] = array::from_fn(|_| holder());
    let mut cx = Context::from_waker(Waker::noop());
    let count = in_steady_state(|| {
        // Eight objects at the same time, too; and of a size that no other test of this process has: more than a thread keeps
        // is kept for all.
        let mut calls: [[_; 8]; 8] =
            array::from_fn(|at| array::from_fn(|_| Box::new(SendHold::a_kilobyte(&objects[at]))));
        for call in calls.as_flattened_mut() {
            assert!(pin!(&mut **call).poll(&mut cx).is_pending());
        }
    });
    // The boxes are the test's own.
    assert_eq!(count, 64);
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn an_owned_receiver_costs_one_allocation_which_is_that_of_its_box() {
    let holder = || -> Box<DynSendEnd<'static>> { Box::new(Holder(Trigger::never())) };
    let count = in_steady_state(|| assert_eq!(block_on(SendEnd::end(holder())), 1));
    assert_eq!(count, in_steady_state(|| drop(holder())));
}

#[test]
#[cfg_attr(onpar_fresh_memory, ignore = "no memory is kept then")]
fn calls_that_migrate_allocate_nothing_on_the_thread_that_begins_them() {
    let object: Arc<DynSendHold<'static>> = Arc::new(Holder(Trigger::never()));
    let (calls, to_end) = mpsc::sync_channel(0);
    let (ended, end) = mpsc::sync_channel(0);
    thread::scope(|threads| {
        threads.spawn(move || {
            for eight in to_end {
                let eight: Vec<_> = eight;
                drop(eight);
                ended.send(()).expect("the other thread waits");
            }
        });
        let mut counts = Vec::new();
        for _ in 0..100 {
            let (eight, of_calls) = allocations(|| {
                let mut eight = Vec::with_capacity(8);
                // Of a size that no other test of this process has.
                eight.extend((0..8).map(|_| SendHold::two_kilobytes(&*object)));
                eight
            });
            // That of the vector is not a call's.
            counts.push(of_calls.count - 1);
            calls.send(eight).expect("the other thread waits");
            end.recv().expect("it has ended them");
        }
        drop(calls);
        assert_eq!(counts[20..], [0; 80], "{counts:?}");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn calls_on_a_runtime_of_many_threads_end_well() {
    let object: Arc<DynSendHold<'static>> = Arc::new(Holder(Trigger::never()));
    let tasks = (0..16).map(|_| {
        let object = Arc::clone(&object);
        tokio::spawn(async move {
            let mut sum = 0;
            for _ in 0..500 {
                let (a, b) = futures::join!(SendHold::small(&*object), SendHold::half_a_kilobyte(&*object));
                tokio::task::yield_now().await;
                sum += usize::from(a + b);
            }
            sum
        })
    });
    for sum in join_all(tasks).await {
        assert_eq!(sum.expect("no task panics"), 1000);
    }
}
