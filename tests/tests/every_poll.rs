//! Cancelled, and made to panic, at every poll: no cleanup is skipped, none overlaps, nothing aborts.

use core::convert::Infallible;
use core::future::ready;

use onpar_scope::{Cleanup, CleanupErrorKind, Guard, defer, scope, using};
use onpar_test::{ByHand, Trigger, every_poll};
use onpar_tests::Log;

/// A cleanup that is pending twice, with a point before, between and after, and that opens a guard of its own.
fn opening(log: &Log, trigger: &Trigger, name: &'static str, opens: Option<&'static str>) -> impl Sized + Send + use<> {
    log.add(format!("open {name}"));
    defer((log.clone(), trigger.clone()), async move |(log, trigger): (Log, Trigger)| {
        log.add(format!("start {name}"));
        trigger.pending_once().await;
        let _inner = opens.map(|inner| Box::new(opening(&log, &trigger, inner, None)) as Box<dyn Send>);
        trigger.pending_once().await;
        log.add(format!("end {name}"));
    })
}

/// Two guards, one of them opening a third in its cleanup; points everywhere.
async fn work(log: &Log, trigger: &Trigger) -> u32 {
    let _a = opening(log, trigger, "a", None);
    trigger.pending_once().await;
    let _b = opening(log, trigger, "b", Some("inner"));
    trigger.pending_once().await;
    42
}

/// The order in which [`work`] is cleaned up: the last made first, with what it opens.
const ORDER: &[&str] = &["b", "inner", "a"];

/// The names in the lines that begin with this word, in order.
fn names(lines: &[String], word: &str) -> Vec<String> {
    lines.iter().filter_map(|line| line.strip_prefix(word)?.strip_prefix(' ')).map(str::to_owned).collect()
}

/// Every guard that was opened was started, in this order, and none began while another ran. Gives how many did not end.
fn cut_short(lines: &[String], order: &[&str]) -> usize {
    let opened = names(lines, "open");
    let expected: Vec<_> = order.iter().filter(|name| opened.iter().any(|it| it == *name)).copied().collect();
    assert_eq!(opened.len(), expected.len(), "a guard that was not to be opened: {lines:?}");
    assert_eq!(names(lines, "start"), expected, "skipped, or out of order: {lines:?}");
    let ended = names(lines, "end");
    let cleanups: Vec<_> = lines.iter().filter(|line| !line.starts_with("open")).collect();
    let alone = cleanups.windows(2).filter(|pair| *pair[1] == pair[0].replace("start", "end")).count();
    assert_eq!(alone, ended.len(), "one began while another ran: {lines:?}");
    expected.len() - ended.len()
}

/// As [`cut_short`], and every cleanup ran to its end.
fn assert_all_clean(log: &Log, order: &[&str]) {
    let lines = log.take();
    assert_eq!(cut_short(&lines, order), 0, "{lines:?}");
}

#[test]
fn the_check_finds_what_is_skipped_out_of_order_beside_another_or_cut_short() {
    let cut_short = |lines: &[&str]| {
        let lines: Vec<_> = ["open a", "open b"].iter().chain(lines).map(|&line| line.to_owned()).collect();
        std::panic::catch_unwind(|| cut_short(&lines, ORDER)).ok()
    };
    assert_eq!(cut_short(&["start b", "end b", "start a", "end a"]), Some(0));
    assert_eq!(cut_short(&["start b", "start a", "end a"]), Some(1));
    assert_eq!(cut_short(&["start b", "end b"]), None);
    assert_eq!(cut_short(&["start a", "end a", "start b", "end b"]), None);
    assert_eq!(cut_short(&["start b", "start a", "end b", "end a"]), None);
    assert_eq!(cut_short(&["start b", "start a", "end a", "end b"]), None);
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
        assert_all_clean(&log, ORDER);
    });
    assert!(boundaries > 6, "only {boundaries} boundaries");
}

#[test]
fn a_body_without_a_scope_of_its_own_is_cancelled_at_every_poll() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = Trigger::never();
        ByHand::new(scope(async |_| at.cancel(work(&log, &trigger)).await)).finish();
        assert_all_clean(&log, ORDER);
    });
    assert_eq!(boundaries, 3);
}

#[test]
fn scopes_within_scopes_are_cancelled_at_every_poll() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = Trigger::never();
        let nested = scope(async |_| {
            let _outer = opening(&log, &trigger, "outer", None);
            scope(async |_| {
                let _middle = opening(&log, &trigger, "middle", Some("of middle"));
                scope(async |_| work(&log, &trigger).await).await
            })
            .await
        });
        ByHand::new(scope(async |_| at.cancel(nested).await)).finish();
        assert_all_clean(&log, &["b", "inner", "a", "middle", "of middle", "outer"]);
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
        let in_a_cleanup = cut_short(&log.take(), ORDER);
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
fn a_close_is_cancelled_at_every_poll_and_every_started_cleanup_ends() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = Trigger::never();
        let body = scope(async |_| {
            let guard = closable(&log, &trigger);
            at.cancel(guard.close()).await
        });
        ByHand::new(body).finish();
        assert_eq!(log.take(), ["start", "end"]);
    });
    assert_eq!(boundaries, 3);
}

/// A guard whose cleanup is pending twice.
fn closable(log: &Log, trigger: &Trigger) -> Guard<(Log, Trigger), impl Cleanup<(Log, Trigger)> + use<>> {
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
fn a_bracket_that_is_cancelled_at_every_poll_releases_exactly_what_it_has_acquired() {
    let boundaries = every_poll(|at| {
        let log = Log::default();
        let trigger = Trigger::never();
        let (acquire_trigger, acquire_log, release_log) = (trigger.clone(), log.clone(), log.clone());
        let bracket = using(
            async move {
                acquire_trigger.pending_once().await;
                acquire_log.add("acquired");
                Ok::<_, Infallible>(())
            },
            async |()| trigger.pending_once().await,
            async move |(), reason| release_log.add(format!("released {reason:?}")),
        );
        ByHand::new(scope(async |_| at.cancel(bracket).await.is_some())).finish();
        let log = log.take();
        // Boundaries 0 and 1 are before and in the acquisition. Cut short in its body (2), it is released by the scope,
        // whose own body ends in that poll: hence the same reason.
        let acquired = !at.has_fired() || at.number() == 2;
        assert_eq!(log, if acquired { &["acquired", "released Ended"][..] } else { &[] });
    });
    assert_eq!(boundaries, 3);
}

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
    core::mem::forget(opening(&log, &Trigger::never(), "a", None));
    // What was forgotten is leaked for good, and the next scope is none the worse for it.
    log.take();
    ByHand::new(scope(async |_| work(&log, &Trigger::never()).await)).finish();
    assert_all_clean(&log, ORDER);
}
