//! `try_join`: all values, or every error that there is, after the others have been cleaned up.

use core::future::{Ready, pending, ready};
use core::panic::AssertUnwindSafe;
use core::time::Duration;

use futures::FutureExt as _;
use onpar_core::AsyncDrop as _;
use onpar_scope::{CleanupError, CleanupErrorKind, scope, timeout, try_join, try_join_all};
use onpar_test::{ByHand, InjectedPanic, Sim, Trigger};
use onpar_tests::Log;

use super::{elapsed, held, millis, refuses, sorted, told};

#[test]
fn it_gives_all_values_in_the_form_of_its_members() {
    let work = async {
        assert_eq!(try_join((ready(Ok::<_, ()>(1)), async { Ok("b") })).await.unwrap(), (1, "b"));
        assert_eq!(try_join([1, 2].map(|n| ready(Ok::<_, ()>(n)))).await.unwrap(), [1, 2]);
        assert_eq!(try_join([(); 0].map(|()| ready(Ok::<_, ()>(1)))).await.unwrap(), [0; 0]);
        assert_eq!(try_join(Vec::<Ready<Result<u8, ()>>>::new()).await.unwrap(), [0_u8; 0]);
        let many = try_join_all((0..1000).map(|n| ready(Ok::<_, ()>(n)))).await;
        assert_eq!(many.unwrap(), (0..1000).collect::<Vec<_>>());
    };
    assert_eq!(work.now_or_never(), Some(()));
}

#[test]
fn the_first_error_cancels_the_others_and_returns_when_they_have_been_cleaned_up() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let holds = async |name| {
            let _held = held(&rt, &log, name, 20);
            pending::<Result<(), &str>>().await
        };
        let fails = async {
            let _held = held(&rt, &log, "fails", 5);
            millis(&rt, 10).await;
            Err::<(), _>("refused")
        };
        scope(async |_| {
            drop(held(&rt, &log, "elsewhere", 1000));
            let failure = try_join((holds("first"), fails, holds("last"))).await.unwrap_err();
            assert_eq!((failure.primary, failure.others.len(), failure.cleanup.len()), ("refused", 0, 0));
            // The cleanups of one member run beside those of another, and nobody waits for the one elsewhere.
            assert_eq!(elapsed(&rt), 30);
            let expected = [
                "end fails",
                "end first",
                "end last",
                "start elsewhere (Dropped)",
                "start fails (Failed)",
                "start first (Cancelled(SiblingFailed))",
                "start last (Cancelled(SiblingFailed))",
            ];
            assert_eq!(sorted(&log), expected);
        })
        .await;
    });
}

#[test]
fn every_error_of_the_poll_is_there_by_position_and_values_of_siblings_are_cleaned_up() {
    let log = Log::default();
    let trigger = Trigger::never();
    let work = try_join_all((0..100).map(|n: u32| {
        let (log, trigger) = (&log, &trigger);
        async move {
            if n == 7 {
                return Ok(told(log, "value"));
            }
            trigger.pending_once().await;
            if n.is_multiple_of(40) { Err(n) } else { Ok(told(log, "sibling")) }
        }
    }));
    let failure = ByHand::new(work).finish().err().unwrap();
    assert_eq!((failure.primary, &*failure.others), (0, &[40, 80][..]));
    // 96 values were made in that poll, and one before.
    let lines = log.take();
    assert_eq!(lines.len(), 97);
    assert!(lines.iter().all(|line| line.ends_with("Cancelled(SiblingFailed)")), "{lines:?}");
}

#[test]
fn what_went_wrong_with_the_cleanups_stands_in_the_failure_or_in_the_outcome() {
    let failing = || {
        try_join((
            async {
                let _held = refuses("sibling");
                pending::<Result<(), _>>().await
            },
            async {
                let _held = refuses("failing");
                Err::<(), _>("first")
            },
        ))
    };
    let failure = ByHand::new(failing()).finish().unwrap_err();
    assert_eq!(failure.cleanup.iter().map(CleanupError::name).collect::<Vec<_>>(), ["failing", "sibling"]);
    assert!(failure.cleanup.iter().all(|error| matches!(error.kind(), CleanupErrorKind::Failed(_))));

    let outcome = ByHand::new(failing().named("both").outcome()).finish();
    assert_eq!((outcome.cleanup.len(), outcome.value.unwrap_err().cleanup.len()), (2, 0));
    assert!(outcome.cleanup[0].to_string().contains("both"), "{}", outcome.cleanup[0]);
}

#[test]
fn a_panic_cancels_the_others_and_passes_on_once_after_the_cleanups() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let holds = async |name| {
            let _held = held(&rt, &log, name, 5);
            pending::<Result<(), ()>>().await
        };
        let panics = async {
            let _held = held(&rt, &log, "panics", 5);
            millis(&rt, 1).await;
            if elapsed(&rt) == 1 { InjectedPanic::throw() } else { Ok(()) }
        };
        let work = try_join((holds("first"), panics, holds("last")));
        let payload = AssertUnwindSafe(work).catch_unwind().await.unwrap_err();
        assert!(InjectedPanic::is(&*payload));
        let expected = [
            "end first",
            "end last",
            "end panics",
            "start first (Cancelled(SiblingPanicked))",
            "start last (Cancelled(SiblingPanicked))",
            "start panics (Panicking)",
        ];
        assert_eq!(sorted(&log), expected);
    });
}

#[test]
fn cancelled_by_a_deadline_its_members_are_told_so() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let holds = async |name| {
            let _held = held(&rt, &log, name, 5);
            pending::<Result<(), ()>>().await
        };
        let ended = async { Ok(held(&rt, &log, "value", 5)) };
        let work = try_join((holds("a"), ended));
        assert!(timeout(&rt, Duration::from_millis(10), work).await.is_err());
        let lines = sorted(&log);
        assert_eq!(lines[2..], ["a", "value"].map(|name| format!("start {name} (Cancelled(Deadline))")));
    });
}

#[test]
fn a_budget_bounds_the_cleanups() {
    Sim::check(0..50, async |rt| {
        let hangs = async {
            let _held = onpar_scope::defer((), async |()| pending::<()>().await).named("hangs");
            pending::<Result<(), _>>().await
        };
        let work = try_join((hangs, async { Err::<(), _>("first") }));
        let failure = work.cleanup_budget(rt.clone(), Duration::from_millis(50)).await.unwrap_err();
        assert_eq!((failure.cleanup.len(), elapsed(&rt)), (1, 50));
        assert!(matches!(failure.cleanup[0].kind(), CleanupErrorKind::TimedOut));
    });
}

#[test]
fn a_value_that_is_given_out_belongs_to_whoever_gets_it() {
    let log = Log::default();
    ByHand::new(async {
        let (value,) = try_join((async { Ok::<_, ()>(told(&log, "value")) },)).await.unwrap();
        assert_eq!(log.take(), [""; 0]);
        onpar_scope::Guard::into_inner(value).async_drop(onpar_core::ExitReason::Closed).await.unwrap();
    })
    .finish();
    assert_eq!(log.take(), ["value: Closed"]);
}
