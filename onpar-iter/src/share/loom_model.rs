//! A shared stream, model-checked with loom: the interleavings of readers on several threads, and of who wakes the stream.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p onpar-iter --release --lib loom`.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use futures_core::Stream;
use loom::future::block_on;
use loom::sync::Mutex;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

use super::{DropOldest, Reader, Shared, SlowReaders, Wait};
use crate::limit;

/// A stream that has so many items, gives them when it has been told to, and then ends.
#[derive(Default)]
struct Given {
    /// How many items it may give by now.
    so_far: AtomicUsize,
    waker: Mutex<Option<Waker>>,
}

struct Items {
    given: Arc<Given>,
    next: usize,
    all: usize,
    /// Whether it waits and wakes itself before each item.
    yields: bool,
    yielded: bool,
}

impl Given {
    fn items(self: &Arc<Self>, all: usize) -> Items {
        Items { given: Arc::clone(self), next: 0, all, yields: false, yielded: false }
    }

    fn give(&self, so_far: usize) {
        self.so_far.store(so_far, Ordering::Release);
        let waker = self.waker.lock().unwrap().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Stream for Items {
    type Item = usize;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<usize>> {
        if self.next == self.all {
            return Poll::Ready(None);
        }
        if self.yields && !core::mem::replace(&mut self.yielded, true) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        *self.given.waker.lock().unwrap() = Some(cx.waker().clone());
        if self.given.so_far.load(Ordering::Acquire) <= self.next {
            return Poll::Pending;
        }
        self.yielded = false;
        self.next += 1;
        Poll::Ready(Some(self.next))
    }
}

/// Interleavings with at most two preemptions.
fn check(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(model);
}

/// Reads to the end.
fn read_all<P: SlowReaders>(mut reader: Reader<Items, usize, P>) -> alloc::vec::Vec<P::Item<usize>> {
    let mut items = alloc::vec::Vec::new();
    block_on(poll_fn(|cx| {
        loop {
            match Pin::new(&mut reader).poll_next(cx) {
                Poll::Ready(Some(item)) => items.push(item),
                Poll::Ready(None) => return Poll::Ready(()),
                Poll::Pending => return Poll::Pending,
            }
        }
    }));
    items
}

#[test]
fn two_readers_both_get_what_a_third_thread_gives() {
    check(|| {
        let given = Arc::<Given>::default();
        let shared = Shared::new(given.items(1), limit!(2), Wait);
        let readers = [(); 2].map(|()| shared.subscribe());
        drop(shared);
        let giver = thread::spawn({
            let given = Arc::clone(&given);
            move || given.give(1)
        });
        let [here, there] = readers;
        let there = thread::spawn(move || read_all(there));
        assert_eq!(read_all(here), [1]);
        assert_eq!(there.join().unwrap(), [1]);
        giver.join().unwrap();
        given.waker.lock().unwrap().take();
    });
}

#[test]
fn a_stream_that_wakes_itself_is_polled_on_by_whoever_is_there() {
    check(|| {
        let given = Arc::<Given>::default();
        given.give(1);
        let shared = Shared::new(Items { yields: true, ..given.items(1) }, limit!(2), Wait);
        let [here, there] = [(); 2].map(|()| shared.subscribe());
        let there = thread::spawn(move || read_all(there));
        assert_eq!(read_all(here), [1]);
        assert_eq!(there.join().unwrap(), [1]);
        given.waker.lock().unwrap().take();
    });
}

#[test]
fn readers_that_wait_for_each_other_get_all() {
    check(|| {
        let given = Arc::<Given>::default();
        given.give(3);
        let shared = Shared::new(given.items(3), limit!(1), Wait);
        let [here, there] = [(); 2].map(|()| shared.subscribe());
        let there = thread::spawn(move || read_all(there));
        assert_eq!(read_all(here), [1, 2, 3]);
        assert_eq!(there.join().unwrap(), [1, 2, 3]);
        given.waker.lock().unwrap().take();
    });
}

#[test]
fn a_reader_that_goes_while_it_waits_or_is_waited_for_leaves_nobody_asleep() {
    check(|| {
        let given = Arc::<Given>::default();
        given.give(2);
        let shared = Shared::new(given.items(2), limit!(1), Wait);
        let [stays, mut goes] = [(); 2].map(|()| shared.subscribe());
        let goes = thread::spawn(move || {
            // Once, and then it is dropped.
            block_on(poll_fn(|cx| Poll::Ready(Pin::new(&mut goes).poll_next(cx).is_ready())))
        });
        assert_eq!(read_all(stays), [1, 2]);
        goes.join().unwrap();
        given.waker.lock().unwrap().take();
    });
}

/// Nobody else waits by then, whose wake could be passed on.
#[test]
fn a_reader_that_comes_while_the_stream_is_woken_is_not_left_asleep() {
    check(|| {
        let given = Arc::<Given>::default();
        let shared = Shared::new(given.items(1), limit!(2), Wait);
        let [mut asks, comes] = [(); 2].map(|()| shared.subscribe());
        assert!(Pin::new(&mut asks).poll_next(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(asks);
        let giver = thread::spawn({
            let given = Arc::clone(&given);
            move || given.give(1)
        });
        assert_eq!(read_all(comes), [1]);
        giver.join().unwrap();
        given.waker.lock().unwrap().take();
    });
}

#[test]
fn whoever_is_too_slow_is_told_how_many_it_missed() {
    check(|| {
        let given = Arc::<Given>::default();
        given.give(3);
        let shared = Shared::new(given.items(3), limit!(1), DropOldest);
        let [here, there] = [(); 2].map(|()| shared.subscribe());
        let there = thread::spawn(move || read_all(there));
        for found in [read_all(here), there.join().unwrap()] {
            let all: u64 = found.iter().map(|item| item.map_or_else(|missed| missed.count(), |_| 1)).sum();
            assert_eq!((all, found.last()), (3, Some(&Ok(3))));
        }
        given.waker.lock().unwrap().take();
    });
}
