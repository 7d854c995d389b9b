//! The wakers of many members, model-checked with loom: the interleavings of a parent that polls, and of those who wake.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p onpar-iter --release --lib loom`.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::task::{Context, Poll, Waker};
use std::vec;

use loom::future::block_on;
use loom::sync::Mutex;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::thread;

use super::members::Turn;
use super::turns::Turns;

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

    /// A member's poll: over when the signal has been given.
    fn poll(&self, waker: &Waker) -> Turn<()> {
        self.polls.fetch_add(1, Ordering::Relaxed);
        *self.waker.lock().unwrap() = Some(waker.clone());
        if self.given.load(Ordering::Acquire) { Turn::Over } else { Turn::Pending }
    }

    fn polls(&self) -> usize {
        self.polls.load(Ordering::Relaxed)
    }
}

/// Polls until each member has ended. The wakers go when it ends. Between two members there are so many that have ended.
fn poll_among(gap: usize, mut turns: Turns, signals: &[Arc<Signal>]) {
    let mut ended = vec![false; signals.len()];
    block_on(poll_fn(|cx| {
        let polled = turns.poll(cx, |_, member, cx| {
            let (member, nobody) = (member / (gap + 1), member % (gap + 1) != 0);
            if nobody || ended[member] {
                return Turn::Over;
            }
            let turn = signals[member].poll(cx.waker());
            ended[member] = matches!(turn, Turn::Over);
            turn
        });
        assert!(polled.is_pending());
        if ended.iter().all(|ended| *ended) { Poll::Ready(()) } else { Poll::Pending }
    }));
}

fn give(signal: &Arc<Signal>) -> thread::JoinHandle<()> {
    let signal = Arc::clone(signal);
    thread::spawn(move || signal.give())
}

/// Interleavings with at most two preemptions.
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
        poll_among(0, Turns::of(1), core::slice::from_ref(&signal));
        giver.join().unwrap();
        assert!(signal.polls() <= 2);
        signal.waker.lock().unwrap().take();
    });
}

/// Two members that are woken by two threads.
fn two_are_woken_at_once(gap: usize, turns: fn() -> Turns) {
    check_few_preemptions(move || {
        let signals = [(); 2].map(|()| Arc::<Signal>::default());
        let givers = signals.each_ref().map(give);
        poll_among(gap, turns(), &signals);
        for giver in givers {
            giver.join().unwrap();
        }
        for signal in signals {
            assert!(signal.polls() <= 2);
            signal.waker.lock().unwrap().take();
        }
    });
}

#[test]
fn two_members_of_a_row_woken_at_once_are_both_polled_and_neither_without_a_wake() {
    two_are_woken_at_once(0, || Turns::of(2));
}

#[test]
fn two_members_of_two_rows_woken_at_once_are_both_polled_and_neither_without_a_wake() {
    two_are_woken_at_once(63, || Turns::of(128));
}

#[test]
fn two_members_of_two_blocks_woken_at_once_are_both_polled_and_neither_without_a_wake() {
    two_are_woken_at_once(63, || {
        let mut turns = Turns::new();
        turns.add(0);
        turns.add(64);
        turns
    });
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
        poll_among(0, Turns::of(1), core::slice::from_ref(&signal));
        late.join().unwrap();
        signal.waker.lock().unwrap().take();
    });
}

#[test]
fn the_set_is_dropped_while_a_waker_of_it_wakes() {
    loom::model(|| {
        let (mut turns, signal) = (Turns::of(2), Arc::<Signal>::default());
        block_on(poll_fn(|cx| {
            let polled = turns.poll(cx, |_, _, cx| signal.poll(cx.waker()));
            assert!(polled.is_pending());
            Poll::Ready(())
        }));
        let giver = give(&signal);
        drop(turns);
        giver.join().unwrap();
    });
}

#[test]
fn a_set_that_grows_while_a_member_is_woken_polls_the_old_and_the_new() {
    check_few_preemptions(|| {
        let signals = [(); 2].map(|()| Arc::<Signal>::default());
        let mut turns = Turns::new();
        turns.add(0);
        let giver = give(&signals[0]);
        let mut grown = false;
        let mut ended = [false; 2];
        block_on(poll_fn(|cx| {
            let polled = turns.poll(cx, |_, member, cx| {
                let member = member / 64;
                let turn = signals[member].poll(cx.waker());
                ended[member] = matches!(turn, Turn::Over);
                turn
            });
            assert!(polled.is_pending());
            if !grown {
                grown = true;
                signals[1].given.store(true, Ordering::Release);
                // Wakes the parent, which sleeps by now.
                turns.add(64);
            }
            if ended == [true; 2] { Poll::Ready(()) } else { Poll::Pending }
        }));
        giver.join().unwrap();
        for signal in signals {
            signal.waker.lock().unwrap().take();
        }
    });
}

#[test]
fn a_row_that_is_woken_again_while_it_is_taken_loses_none_that_were_woken_before() {
    check_few_preemptions(|| {
        let signals = [(); 2].map(|()| Arc::<Signal>::default());
        let mut turns = Turns::of(128);
        let mut ended = [false; 2];
        let mut poll = |cx: &mut Context<'_>| {
            let polled = turns.poll(cx, |_, member, cx| {
                if member % 64 != 0 {
                    return Turn::Over;
                }
                let turn = signals[member / 64].poll(cx.waker());
                ended[member / 64] = matches!(turn, Turn::Over);
                turn
            });
            assert!(polled.is_pending());
            if ended == [true; 2] { Poll::Ready(()) } else { Poll::Pending }
        };
        assert!(poll(&mut Context::from_waker(Waker::noop())).is_pending());
        // The second row is put on the stack, and then the first; and that again while the stack is being taken.
        signals[1].give();
        let first = signals[0].waker.lock().unwrap().clone();
        first.unwrap().wake();
        let giver = give(&signals[0]);
        block_on(poll_fn(|cx| poll(cx)));
        giver.join().unwrap();
        for signal in signals {
            signal.waker.lock().unwrap().take();
        }
    });
}
