//! The every-poll driver: each boundary once, by hand and in a runtime.
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::cell::Cell;
use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::rc::Rc;

use onpar_test::{ByHand, InjectedPanic, Sim, Spawn as _, SpawnLocal as _, Trigger, every_poll};

/// Counts the polls that it is given: three.
async fn three_polls(polls: &Cell<usize>) {
    let trigger = Trigger::never();
    for _ in 0..2 {
        polls.set(polls.get() + 1);
        trigger.pending_once().await;
    }
    polls.set(polls.get() + 1);
}

#[test]
fn cancel_comes_once_after_each_number_of_polls() {
    let mut seen = Vec::new();
    let boundaries = every_poll(|at| {
        let polls = Cell::new(0);
        let outcome = at.drive(at.cancel(three_polls(&polls))).unwrap();
        seen.push((at.number(), polls.get(), outcome.is_some()));
    });
    assert_eq!(boundaries, 3);
    assert_eq!(seen, [(0, 0, false), (1, 1, false), (2, 2, false), (3, 3, true)]);
}

#[test]
fn cancel_when_woken_waits_for_the_wake() {
    let boundaries = every_poll(|at| {
        let polls = Cell::new(0);
        let mut task = ByHand::new(at.cancel_when_woken(three_polls(&polls)));
        let mut all = 0;
        while task.poll().is_pending() {
            assert!(task.is_woken());
            all += 1;
        }
        assert_eq!(polls.get(), all + usize::from(!at.has_fired()));
    });
    assert_eq!(boundaries, 3);
}

#[test]
fn panic_comes_instead_of_each_poll() {
    let boundaries = every_poll(|at| {
        let polls = Cell::new(0);
        let outcome = at.drive(at.panic(three_polls(&polls)));
        assert_eq!(outcome.is_none(), at.has_fired());
        assert_eq!(polls.get(), at.number());
    });
    assert_eq!(boundaries, 3);
}

#[test]
fn call_comes_before_each_poll() {
    let mut called = Vec::new();
    let boundaries = every_poll(|at| {
        let polls = Cell::new(0);
        at.drive(at.call(three_polls(&polls), || called.push(polls.get()))).unwrap();
    });
    assert_eq!((boundaries, called), (3, vec![0, 1, 2]));
}

#[test]
fn faults_work_inside_a_task_of_a_runtime() {
    let boundaries = every_poll(|at| {
        Sim::new(1).run(async |rt| {
            let inner = rt.clone();
            let task = rt.spawn(at.panic(async move {
                inner.yield_now().await;
                inner.yield_now().await;
            }));
            match task.await {
                Ok(()) => assert!(!at.has_fired()),
                Err(error) => assert!(InjectedPanic::is(&*error.into_panic().unwrap())),
            }
        });
    });
    assert_eq!(boundaries, 3);
}

#[test]
fn trigger_cancels_the_whole_when_a_task_hits_a_point() {
    let boundaries = every_poll(|at| {
        let trigger = at.cancel_trigger();
        let outcome = Sim::new(1).allow_leftovers().run(async |rt| {
            let inside = trigger.clone();
            let task = rt.spawn_local(async move {
                inside.point().await;
                inside.pending_once().await;
            });
            trigger.cancellable(task).await
        });
        assert_eq!(outcome.is_none(), at.has_fired());
    });
    assert_eq!(boundaries, 2);
}

#[test]
fn future_is_dropped_at_the_fault_and_not_later() {
    let held = Rc::new(());
    let boundaries = every_poll(|at| {
        let copy = Rc::clone(&held);
        let mut task = ByHand::new(at.cancel(async move {
            Trigger::never().pending_once().await;
            drop(copy);
        }));
        while task.poll().is_pending() {}
        assert_eq!(Rc::strong_count(&held), 1);
    });
    assert_eq!(boundaries, 2);
}

#[test]
fn failed_assertion_of_the_test_comes_through() {
    let payload = catch_unwind(|| every_poll(|at| assert!(at.drive(at.panic(async {})).is_some(), "mine")));
    assert_eq!(payload.unwrap_err().downcast_ref::<&str>(), Some(&"mine"));
}

#[test]
fn test_that_wraps_nothing_is_refused() {
    let payload = catch_unwind(|| every_poll(|_| {})).unwrap_err();
    assert!(payload.downcast_ref::<&str>().unwrap().contains("nothing was tested"));
}

#[test]
fn future_that_nobody_wakes_is_not_waited_for() {
    let result = catch_unwind(AssertUnwindSafe(|| ByHand::new(core::future::pending::<()>()).finish()));
    assert!(result.unwrap_err().downcast_ref::<String>().unwrap().contains("it would hang"));
}
