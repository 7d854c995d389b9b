//! Pipelines whose calls other threads wake, model-checked with loom.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p onpar-iter --release --lib loom`.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::task::{Poll, Waker};
use std::vec::Vec;

use loom::future::block_on;
use loom::sync::Mutex;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;
use onpar_core::limit;

use crate::{AsyncIterator as _, IntoAsyncIterator as _};

/// What a call waits for.
#[derive(Default)]
struct Signal {
    given: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl Signal {
    fn give(&self) {
        self.given.store(true, Ordering::Release);
        let waker = self.waker.lock().unwrap().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    async fn wait(&self) {
        poll_fn(|cx| {
            *self.waker.lock().unwrap() = Some(cx.waker().clone());
            if self.given.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

fn signals(count: usize) -> (Vec<Arc<Signal>>, Vec<thread::JoinHandle<()>>) {
    let signals: Vec<_> = (0..count).map(|_| Arc::<Signal>::default()).collect();
    let givers = signals.iter().map(Arc::clone).map(|signal| thread::spawn(move || signal.give())).collect();
    (signals, givers)
}

/// Interleavings with at most two preemptions.
fn check_few_preemptions(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(model);
}

#[test]
fn two_calls_that_two_threads_wake_both_end() {
    check_few_preemptions(|| {
        let (signals, givers) = signals(2);
        let work = signals.iter().into_async_iter().concurrent(limit!(2)).map(async |signal| signal.wait().await);
        assert_eq!(block_on(work.collect::<Vec<_>>()).len(), 2);
        for giver in givers {
            giver.join().unwrap();
        }
    });
}

#[test]
fn a_call_that_takes_the_place_of_another_is_polled_when_either_is_woken() {
    check_few_preemptions(|| {
        let (signals, givers) = signals(2);
        let work = signals.iter().into_async_iter().concurrent(limit!(1)).map(async |signal| signal.wait().await);
        assert_eq!(block_on(work.collect::<Vec<_>>()).len(), 2);
        for giver in givers {
            giver.join().unwrap();
        }
    });
}

#[test]
fn a_wake_beside_the_end_of_the_pipeline_touches_nothing_that_is_gone() {
    check_few_preemptions(|| {
        let (signals, givers) = signals(2);
        let first = &signals[0];
        let work = signals.iter().into_async_iter().concurrent(limit!(2)).try_for_each(async |signal| {
            signal.wait().await;
            if Arc::ptr_eq(signal, first) { Err(()) } else { Ok(()) }
        });
        assert_eq!(block_on(work), Err(()));
        for giver in givers {
            giver.join().unwrap();
        }
    });
}
