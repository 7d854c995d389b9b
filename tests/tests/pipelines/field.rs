//! What goes wrong with buffered streams in the field, by what one would see. Numbers are those of futures-rs' issues.

use alloc::sync::Arc;
use alloc::task::Wake;
use core::cell::Cell;
use core::future::poll_fn;
use core::num::NonZero;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};

use onpar_core::{Clock as _, Instant};
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};
use onpar_test::{ByHand, Sim};
use tokio::sync::Mutex;

use crate::{Level, millis};

/// #2387, and RFD 609 of Oxide: a lock that is handed to a call which nobody polls.
#[test]
fn a_call_that_gets_a_lock_while_an_item_is_processed_takes_it_and_lets_it_go() {
    Sim::new(30).run(async |rt| {
        let lock = Mutex::new(0);
        let locked = async || {
            let mut count = lock.lock().await;
            rt.sleep(millis(1)).await;
            *count += 1;
        };
        let selected = (0..100).into_async_iter().concurrent(limit!(10)).map(async |_| locked().await);
        selected.concurrent(limit!(1)).for_each(async |()| locked().await).await;
        assert_eq!(*lock.lock().await, 200);
    });
}

/// Resources of a runtime that lets a task make so many steps, and then makes all of them wait and wakes them again.
#[derive(Default)]
struct Budget {
    left: Cell<u32>,
    polls: Cell<u64>,
}

impl Budget {
    const STEPS: u32 = 128;

    async fn step(&self) {
        poll_fn(|cx| {
            self.polls.set(self.polls.get() + 1);
            if self.left.get() == 0 {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            self.left.set(self.left.get() - 1);
            Poll::Ready(())
        })
        .await;
    }
}

/// #2526: with such a runtime, 160 000 calls at once took time by the square of their number.
#[test]
fn calls_that_a_runtime_makes_wait_do_not_take_quadratic_time() {
    for calls in [10_000, 160_000] {
        let budget = Budget::default();
        let mut work = ByHand::new(
            (0..calls).into_async_iter().concurrent(NonZero::new(calls).expect("not zero")).unordered().for_each(
                async |_| {
                    // All of them are begun before one can go on.
                    budget.step().await;
                    budget.step().await;
                },
            ),
        );
        let mut polls = 0_u64;
        loop {
            // None until all have been begun.
            budget.left.set(if polls * 128 < calls as u64 { 0 } else { Budget::STEPS });
            polls += 1;
            if work.poll().is_ready() {
                break;
            }
        }
        let (per_call, polls) = (budget.polls.get() / calls as u64, polls / (calls as u64 / 128));
        assert!(per_call <= 12 && polls <= 6, "{per_call} polls of each of {calls} calls, {polls} for each 128");
    }
}

/// #2937: while an item that has been given is processed, another call takes its place at once.
#[test]
fn all_places_are_busy_while_an_item_is_processed() {
    Sim::new(31).run(async |rt| {
        let running = Level::default();
        let selected = (0..20).into_async_iter().concurrent(limit!(2)).map(async |n| {
            running.up();
            rt.sleep(millis(if n == 0 { 50 } else { 100 })).await;
            running.down();
        });
        let processed = selected.concurrent(limit!(1)).for_each(async |()| {
            rt.sleep(millis(1)).await;
            assert!(running.now.get() == 2 || rt.now() - Instant::ORIGIN > millis(900), "at {:?}", rt.now());
        });
        processed.await;
    });
}

/// #2348, #2740, #2876, #2939: `buffered(0)` waits for ever. A limit that is read is a `NonZero`, or an error where it is read.
#[test]
fn a_limit_of_zero_is_no_limit_that_there_can_be() {
    assert!("0".parse::<NonZero<usize>>().is_err());
    let one = "1".parse::<NonZero<usize>>().expect("a limit");
    let work = [7, 8].into_async_iter().concurrent(one).map(async |n| n).collect::<Vec<_>>();
    assert_eq!(ByHand::new(work).finish(), [7, 8]);
}

/// A limit that is larger than anything allocates for what there is.
#[test]
fn a_limit_without_bound_begins_everything_at_once() {
    Sim::new(32).run(async |rt| {
        let running = Level::default();
        let work = (0..1000).into_async_iter().concurrent(NonZero::<usize>::MAX).for_each(async |_| {
            running.up();
            rt.sleep(millis(10)).await;
        });
        work.await;
        assert_eq!((running.most.get(), (rt.now() - Instant::ORIGIN)), (1000, millis(10)));
    });
}

#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Where everything is ready at once, nobody else would ever get a turn; nor a timeout around it.
#[test]
fn a_pipeline_in_which_nothing_ever_waits_lets_others_run() {
    let woken = Arc::<Woken>::default();
    let waker = Waker::from(Arc::clone(&woken));
    let mut cx = Context::from_waker(&waker);
    let done = Cell::new(0_u64);
    let endless = (0_u64..).into_async_iter().concurrent(limit!(8)).filter(async |n| n % 2 == 0);
    let mut work = core::pin::pin!(endless.for_each(async |_| done.set(done.get() + 1)));
    for polls in 1..10 {
        assert!(work.as_mut().poll(&mut cx).is_pending());
        assert_eq!(woken.0.load(Ordering::Relaxed), polls, "woken for the next poll, once");
        let each = done.get() / polls as u64;
        assert!((16..=1024).contains(&each), "{each} items in each poll");
    }
}
