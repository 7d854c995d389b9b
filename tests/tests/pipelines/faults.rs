//! Panics, late wakers, and polls after the end.

use alloc::rc::Rc;
use alloc::sync::Arc;
use core::cell::{Cell, RefCell};
use core::future::{pending, poll_fn};
use core::mem::forget;
use core::panic::AssertUnwindSafe;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::panic::{catch_unwind, resume_unwind};

use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};
use onpar_test::{ByHand, every_poll};
use onpar_tests::Ticking;

use crate::pending_times;

#[test]
fn a_panic_of_a_closure_passes_on_and_drops_the_rest() {
    let dropped = Arc::new(());
    let mut pipeline = ByHand::new((0..3).into_async_iter().concurrent(limit!(3)).for_each(async |n| {
        let _held = Arc::clone(&dropped);
        assert_ne!(n, 2, "no");
        pending::<()>().await;
    }));
    assert!(catch_unwind(AssertUnwindSafe(|| pipeline.poll())).is_err());
    assert_eq!(Arc::strong_count(&dropped), 1);
    assert!(catch_unwind(AssertUnwindSafe(|| pipeline.poll())).is_err(), "there is no result that could be given");
}

#[test]
fn a_panic_at_any_poll_of_a_call_hands_back_what_is_not_done() {
    let boundaries = every_poll(|at| {
        let (claimed, left, done) = (Cell::new(0), RefCell::new(vec![]), RefCell::new(vec![]));
        let items = (0..6_usize).inspect(|_| claimed.set(claimed.get() + 1)).into_async_iter();
        let trigger = at.panic_trigger();
        let work = items.concurrent(limit!(2)).on_unfinished(|n| left.borrow_mut().push(n)).for_each(async |n| {
            trigger.point().await;
            pending_times(n % 2).await;
            trigger.point().await;
            done.borrow_mut().push(n);
        });
        let ended = at.drive(work);
        assert_eq!(ended.is_none(), at.has_fired());
        let mut all = [left.take(), done.take()].concat();
        all.sort_unstable();
        assert_eq!(all, (0..claimed.get()).collect::<Vec<_>>());
    });
    assert_eq!(boundaries, 12);
}

/// Which step of a pipeline panics. Every part of it takes steps.
#[derive(Default)]
struct Fuse {
    left: Cell<usize>,
}

impl Fuse {
    /// What its panic says.
    const BLOWN: &str = "the fuse";

    fn step(&self) {
        match self.left.get().checked_sub(1) {
            Some(left) => self.left.set(left),
            None => resume_unwind(Box::new(Self::BLOWN)), // without a message: there are many
        }
    }
}

/// An item, of which all copies have one count.
struct Fused<'f> {
    number: usize,
    fuse: &'f Fuse,
    alive: Arc<()>,
}

impl Clone for Fused<'_> {
    fn clone(&self) -> Self {
        self.fuse.step();
        Self { number: self.number, fuse: self.fuse, alive: Arc::clone(&self.alive) }
    }
}

/// The source, a copy, a closure when it is called and later, the clock's reader: after a panic of any of them, at any time,
/// nothing is left alive, and what was claimed has been done or is handed back, but for the item in whose copy it panicked.
#[test]
fn whichever_part_panics_everything_is_dropped_and_handed_back() {
    let clock = Ticking::default();
    let mut steps = 0;
    loop {
        let (fuse, alive) = (Fuse { left: Cell::new(steps) }, Arc::new(()));
        let (left, done, claimed) = (RefCell::new(vec![]), RefCell::new(vec![]), Cell::new(0));
        let items = (0..7).into_async_iter().map(async |number| {
            pending_times(number % 2).await;
            fuse.step();
            claimed.set(number + 1);
            Fused { number, fuse: &fuse, alive: Arc::clone(&alive) }
        });
        let pipeline = items.concurrent(limit!(3)).progress(&clock, Duration::from_millis(1), |_| fuse.step());
        let pipeline = pipeline.on_unfinished(|item| left.borrow_mut().push(item.number));
        let kept = pipeline.filter(async |item| {
            fuse.step();
            pending_times(item.number % 3).await;
            fuse.step();
            let keep = item.number != 4;
            if !keep {
                done.borrow_mut().push(item.number);
            }
            keep
        });
        let work = kept.concurrent(limit!(1)).for_each(async |item| {
            fuse.step();
            pending_times(1).await;
            fuse.step();
            done.borrow_mut().push(item.number);
        });
        let panic = catch_unwind(AssertUnwindSafe(|| ByHand::new(work).finish())).err();
        assert_eq!(Arc::strong_count(&alive), 1, "at step {steps}");
        let mut all = [left.take(), done.take()].concat();
        all.sort_unstable();
        all.dedup();
        let lost = claimed.get() - all.len();
        assert!(lost <= usize::from(panic.is_some()), "at step {steps}: {all:?} of {}", claimed.get());
        let Some(panic) = panic else { break };
        assert_eq!(panic.downcast_ref(), Some(&Fuse::BLOWN));
        steps += 1;
    }
    assert!(steps > 40, "{steps}");
}

#[test]
fn wakers_of_calls_that_have_ended_disturb_nobody() {
    let wakers = RefCell::new(Vec::<Waker>::new());
    let calls = Cell::new(0);
    let keep_the_waker = async || {
        poll_fn(|cx| {
            wakers.borrow_mut().push(cx.waker().clone());
            Poll::Ready(())
        })
        .await;
    };
    let mut work = ByHand::new((0..5).into_async_iter().concurrent(limit!(2)).for_each(async |n| {
        calls.set(calls.get() + 1);
        keep_the_waker().await;
        if n == 4 {
            pending::<()>().await;
        }
    }));
    for _ in 0..3 {
        assert!(work.poll().is_pending());
        for waker in wakers.borrow().iter() {
            waker.wake_by_ref();
        }
    }
    drop(work);
    // Nor when the pipeline has gone.
    for waker in wakers.take() {
        waker.wake();
    }
    assert_eq!(calls.get(), 5);
}

#[test]
fn a_pipeline_that_has_ended_has_let_go_of_everything() {
    let held = Arc::new(());
    let mut work = ByHand::new([Arc::clone(&held)].into_async_iter().concurrent(limit!(1)).for_each({
        let held = &held;
        async move |item| {
            let _both = (Arc::clone(held), item);
            pending_times(1).await;
        }
    }));
    while work.poll().is_pending() {}
    assert_eq!(Arc::strong_count(&held), 1);
    assert!(catch_unwind(AssertUnwindSafe(|| work.poll())).is_err(), "it says that it has been polled after its end");
}

/// Its wakers go on existing, and its calls hold what they hold; nothing else happens.
#[test]
fn a_pipeline_that_is_forgotten_at_every_poll_does_no_harm() {
    for polls in 0..8 {
        let wakers = Rc::new(RefCell::new(Vec::<Waker>::new()));
        let mut work = Box::pin((0..5_usize).into_async_iter().concurrent(limit!(2)).on_unfinished(drop).for_each({
            let wakers = &*Box::leak(Box::new(Rc::clone(&wakers)));
            async |n| {
                for _ in 0..=n % 3 {
                    poll_fn(|cx| {
                        wakers.borrow_mut().push(cx.waker().clone());
                        Poll::Ready(())
                    })
                    .await;
                    pending_times(1).await;
                }
            }
        }));
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            if work.as_mut().poll(&mut cx).is_ready() {
                break;
            }
        }
        forget(work);
        let wakers = wakers.take();
        for waker in &wakers {
            waker.wake_by_ref();
        }
        assert_eq!(wakers.is_empty(), polls == 0);
    }
}
