//! The wakers of many members, model-checked with loom: the interleavings of a parent that polls, and of those who wake.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p onpar-scope --release --lib loom`.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::ops::ControlFlow;
use core::task::{Poll, Waker};

use loom::future::block_on;
use loom::sync::Mutex;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::thread;

use super::wakers::Wakers;

/// What a member and the thread that wakes it share.
#[derive(Default)]
struct Signal {
    given: AtomicBool,
    waker: Mutex<Option<Waker>>,
    polls: AtomicUsize,
}

impl Signal {
    fn give(&self) {
        self.given.store(true, Ordering::Release);
        let waker = self.waker.lock().unwrap().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// A member's poll: ready when the signal has been given.
    fn poll(&self, waker: &Waker) -> Poll<()> {
        self.polls.fetch_add(1, Ordering::Relaxed);
        *self.waker.lock().unwrap() = Some(waker.clone());
        if self.given.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Polls until each member has ended. The wakers go when it ends. Between two members there are so many that have ended.
fn join_among(gap: usize, signals: &[Arc<Signal>]) {
    let wakers = Wakers::new((gap + 1) * signals.len());
    let mut ended = vec![false; signals.len()];
    block_on(poll_fn(|cx| {
        wakers.sweep(cx.waker(), |member, cx| {
            let (member, nobody) = (member / (gap + 1), member % (gap + 1) != 0);
            if !nobody && !ended[member] {
                ended[member] = signals[member].poll(cx.waker()).is_ready();
            }
            ControlFlow::Continue(())
        });
        if ended.iter().all(|ended| *ended) { Poll::Ready(()) } else { Poll::Pending }
    }));
}

fn join(signals: &[Arc<Signal>]) {
    join_among(0, signals);
}

fn give(signal: &Arc<Signal>) -> thread::JoinHandle<()> {
    let signal = Arc::clone(signal);
    thread::spawn(move || signal.give())
}

/// As in the model of the engine: interleavings with at most two preemptions.
fn check_few_preemptions(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(model);
}

#[test]
fn a_wake_during_the_poll_or_while_the_parent_falls_asleep_is_not_lost() {
    loom::model(|| {
        let signal = Arc::<Signal>::default();
        let giver = give(&signal);
        join(core::slice::from_ref(&signal));
        giver.join().unwrap();
        assert!(signal.polls.load(Ordering::Relaxed) <= 2);
        signal.waker.lock().unwrap().take();
    });
}

/// Two members that are woken by two threads.
fn two_are_woken_at_once(gap: usize) {
    check_few_preemptions(move || {
        let signals = [(); 2].map(|()| Arc::<Signal>::default());
        let givers = signals.each_ref().map(give);
        join_among(gap, &signals);
        for giver in givers {
            giver.join().unwrap();
        }
        for signal in signals {
            assert!(signal.polls.load(Ordering::Relaxed) <= 2);
            signal.waker.lock().unwrap().take();
        }
    });
}

#[test]
fn two_members_of_a_row_woken_at_once_are_both_polled_and_neither_without_a_wake() {
    two_are_woken_at_once(0);
}

#[test]
fn two_members_of_two_rows_woken_at_once_are_both_polled_and_neither_without_a_wake() {
    two_are_woken_at_once(63);
}

#[test]
fn a_wake_after_the_end_or_beside_it_touches_nothing_that_is_gone() {
    loom::model(|| {
        let signal = Arc::<Signal>::default();
        signal.given.store(true, Ordering::Release);
        let late = thread::spawn({
            let signal = Arc::clone(&signal);
            move || {
                let waker = signal.waker.lock().unwrap().take();
                if let Some(waker) = waker {
                    waker.wake_by_ref();
                    waker.wake();
                }
            }
        });
        join(core::slice::from_ref(&signal));
        late.join().unwrap();
        signal.waker.lock().unwrap().take();
    });
}

#[test]
fn wakers_dropped_while_one_of_them_wakes() {
    loom::model(|| {
        let (wakers, signal) = (Wakers::new(2), Arc::<Signal>::default());
        block_on(poll_fn(|cx| {
            wakers.sweep(cx.waker(), |_, cx| {
                assert!(signal.poll(cx.waker()).is_pending());
                ControlFlow::Continue(())
            });
            Poll::Ready(())
        }));
        let giver = give(&signal);
        drop(wakers);
        giver.join().unwrap();
    });
}
