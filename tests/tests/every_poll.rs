//! Cancelled, and made to panic, at every poll: no cleanup is skipped, none overlaps, nothing aborts.

use core::convert::Infallible;
use core::future::ready;

use onpar_scope::{CleanupErrorKind, defer, guard, scope, using};
use onpar_test::{ByHand, Trigger, every_poll};
use onpar_tests::Log;

/// A cleanup that is pending twice, with a point before, between and after, and that opens a guard of its own.
fn opening(log: &Log, trigger: &Trigger, name: &'static str, depth: u32) -> impl Sized + Send + use<> {
    log.add(format!("open {name}"));
    defer((log.clone(), trigger.clone()), async move |(log, trigger): (Log, Trigger)| {
        log.add(format!("start {name}"));
        trigger.pending_once().await;
        let _inner = (depth > 0).then(|| Box::new(opening(&log, &trigger, "inner", depth - 1)) as Box<dyn Send>);
        trigger.pending_once().await;
        log.add(format!("end {name}"));
    })
}

/// Two guards, one of them opening a third in its cleanup; points everywhere.
async fn work(log: &Log, trigger: &Trigger) -> u32 {
    let _a = opening(log, trigger, "a", 0);
    trigger.pending_once().await;
    let _b = opening(log, trigger, "b", 1);
    trigger.pending_once().await;
    42
}

/// Every guard that was opened was started and ended, and no cleanup began while another ran.
fn assert_all_clean(log: &Log) {
    let lines = log.take();
    let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    assert_eq!(count("open"), count("start"), "a cleanup was skipped: {lines:?}");
    assert_eq!(count("start"), count("end"), "a cleanup was cut short: {lines:?}");
}

#[test]
fn cancelled_inside_a_scope_at_every_poll_of_body_cleanup_and_nested_cleanup() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let outer = scope(async |_| {
            let trigger = Trigger::never();
            at.cancel(scope(async |_| work(&log, &trigger).await)).await
        });
        let value = ByHand::new(outer).finish();
        assert_eq!(value, (!at.has_fired()).then_some(42));
        assert_all_clean(&log);
    });
    assert!(boundaries > 6, "only {boundaries} boundaries");
}

#[test]
fn a_body_without_a_scope_of_its_own_is_cancelled_at_every_poll() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = Trigger::never();
        ByHand::new(scope(async |_| at.cancel(work(&log, &trigger)).await)).finish();
        assert_all_clean(&log);
    });
    assert_eq!(boundaries, 3);
}

#[test]
fn scopes_within_scopes_are_cancelled_at_every_poll() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = Trigger::never();
        let nested = scope(async |_| {
            let _outer = opening(&log, &trigger, "outer", 0);
            scope(async |_| {
                let _middle = opening(&log, &trigger, "middle", 1);
                scope(async |_| work(&log, &trigger).await).await
            })
            .await
        });
        ByHand::new(scope(async |_| at.cancel(nested).await)).finish();
        assert_all_clean(&log);
    });
    assert!(boundaries > 10, "only {boundaries} boundaries");
}

#[test]
fn a_panic_at_every_point_of_body_and_cleanups_skips_nothing_else_and_is_told_once() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = at.panic_trigger();
        let run = scope(async |_| work(&log, &trigger).await).outcome();
        let outcome = at.catch(|| ByHand::new(run).finish());
        let lines = log.take();
        let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
        assert_eq!(count("open"), count("start"), "a cleanup was skipped: {lines:?}");
        let in_a_cleanup = count("start") - count("end");
        match outcome {
            // The body's own panic: it comes out, and every cleanup ran to its end.
            None => assert_eq!(in_a_cleanup, 0),
            // A cleanup's panic: the value is kept, and the panic is that cleanup's error.
            Some(outcome) => {
                assert_eq!(outcome.value, 42);
                assert_eq!(outcome.cleanup.len(), usize::from(at.has_fired()));
                assert!(outcome.cleanup.iter().all(|error| matches!(error.kind(), CleanupErrorKind::Panicked(_))));
                assert_eq!(in_a_cleanup, usize::from(at.has_fired()));
            }
        }
    });
    assert!(boundaries > 6, "only {boundaries} boundaries");
}

#[test]
fn a_second_panic_in_a_cleanup_is_reported_beside_the_first_and_does_not_abort() {
    let log = Log::default();
    let outer = scope(async |_| {
        let inner = scope(async |_| {
            let _a = defer(log.clone(), async |log| log.add("a is cleaned"));
            let _b = defer((), async |()| explode());
            panic!("first");
        });
        futures::FutureExt::catch_unwind(core::panic::AssertUnwindSafe(inner)).await.unwrap_err()
    });
    let payload = ByHand::new(outer).finish();
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"first"));
    assert_eq!(log.take(), ["a is cleaned"]);
}

fn explode() {
    panic!("second");
}

#[test]
fn a_close_is_cancelled_at_every_poll_and_every_started_cleanup_ends() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = Trigger::never();
        let body = scope(async |_| {
            let guard = opening_guard(&log, &trigger);
            at.cancel(guard.close()).await
        });
        ByHand::new(body).finish();
        assert_eq!(log.take(), ["start", "end"]);
    });
    assert_eq!(boundaries, 3);
}

fn opening_guard(
    log: &Log,
    trigger: &Trigger,
) -> onpar_scope::Guard<(Log, Trigger), impl onpar_scope::Cleanup<(Log, Trigger)> + use<>> {
    defer((log.clone(), trigger.clone()), async |(log, trigger): (Log, Trigger)| {
        log.add("start");
        trigger.pending_once().await;
        trigger.pending_once().await;
        log.add("end");
    })
}

#[test]
fn a_bracket_is_cancelled_at_every_poll_of_its_body_and_still_releases() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = Trigger::never();
        let release_log = log.clone();
        let bracket = using(
            ready(Ok::<_, Infallible>(7_u32)),
            async |value| {
                at.cancel(async {
                    trigger.pending_once().await;
                    trigger.pending_once().await;
                    *value += 1;
                })
                .await;
            },
            async move |value, _| release_log.add(format!("released {value}")),
        );
        ByHand::new(scope(async |_| bracket.await.unwrap())).finish();
        assert_eq!(log.take(), [if at.has_fired() { "released 7" } else { "released 8" }]);
    });
    assert_eq!(boundaries, 3);
}

#[test]
fn a_bracket_dropped_in_its_body_hands_its_release_to_the_scope() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = Trigger::never();
        let (acquire_trigger, release_log) = (trigger.clone(), log.clone());
        let bracket = using(
            async move {
                acquire_trigger.pending_once().await;
                guardless();
                Ok::<_, Infallible>(())
            },
            async |()| trigger.pending_once().await,
            async move |(), reason| release_log.add(format!("released {reason:?}")),
        );
        ByHand::new(scope(async |_| at.cancel(bracket).await.is_some())).finish();
        // Cut short in its body, it is released by the scope, whose body ends in the same poll.
        let expected: &[&str] = if at.number() < 2 { &[] } else { &["released Ended"] };
        assert_eq!(log.take(), expected);
    });
    assert_eq!(boundaries, 3);
}

fn guardless() {}

#[test]
fn a_scope_forgotten_at_every_poll_leaks_and_does_no_harm() {
    let log = Log::default();
    let polls = (0..1000).find(|&polls| {
        let (trigger, log) = (Trigger::never(), log.clone());
        let mut task = ByHand::new(scope(async move |_| work(&log, &trigger).await));
        let ended = (0..polls).any(|_| task.poll().is_ready());
        core::mem::forget(task);
        ended
    });
    assert!(polls > Some(6), "only {polls:?} polls");
    core::mem::forget(opening(&log, &Trigger::never(), "a", 0));
    // What was forgotten is leaked for good, and the next scope is none the worse for it.
    log.take();
    ByHand::new(scope(async |_| work(&log, &Trigger::never()).await)).finish();
    assert_all_clean(&log);
}

#[test]
fn a_guard_that_implements_async_drop_for_borrowed_work_compiles() {
    struct Connection;
    impl onpar_core::AsyncDrop for Connection {
        type Error = Infallible;

        async fn async_drop(self, _: onpar_core::ExitReason) -> Result<(), Infallible> {
            Ok(())
        }
    }
    let mut seen = vec![];
    ByHand::new(scope(async |_| {
        let connection = guard(Connection);
        seen.push(1);
        connection.close().await.unwrap();
    }))
    .finish();
    assert_eq!(seen, [1]);
}
