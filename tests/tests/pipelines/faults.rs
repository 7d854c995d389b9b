//! Panics, late wakers, and polls after the end.

use alloc::rc::Rc;
use alloc::sync::Arc;
use core::cell::{Cell, RefCell};
use core::future::{pending, poll_fn};
use core::mem::forget;
use core::panic::AssertUnwindSafe;
use core::task::{Context, Poll, Waker};
use std::panic::catch_unwind;

use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};
use onpar_test::{ByHand, every_poll};

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
