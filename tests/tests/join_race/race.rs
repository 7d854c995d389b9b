//! `race`: the first output, after the losers have been cleaned up.

use alloc::rc::Rc;
use core::cell::Cell;
use core::future::{Ready, pending, ready};
use core::panic::AssertUnwindSafe;
use core::time::Duration;

use futures::FutureExt as _;
use onpar_scope::{local_defer, local_scope, race, race_all, scope, timeout};
use onpar_test::{ByHand, InjectedPanic, ProbeLog, Sim, Trigger};
use onpar_tests::Log;

use super::{elapsed, held, millis, refuses, sorted, told};

#[test]
fn the_first_in_time_wins_wherever_it_stands() {
    Sim::check(0..50, async |rt| {
        let after = async |time: u64| {
            millis(&rt, time).await;
            time
        };
        assert_eq!((race((after(30), after(10), after(20))).await, elapsed(&rt)), (10, 10));
        assert_eq!((race([30, 10, 20].map(after)).await, elapsed(&rt)), (10, 20));
        assert_eq!((race_all((10..200).rev().map(after)).await, elapsed(&rt)), (Some(10), 30));
        assert_eq!(race((after(1),)).await, 1);
    });
}

#[test]
fn of_those_that_are_ready_in_one_poll_the_first_position_wins_and_the_later_are_not_polled() {
    let log = ProbeLog::new();
    let trigger = Trigger::never();
    let at_once = |n| log.probe(ready(n));
    assert_eq!(ByHand::new(race((pending(), at_once(1), at_once(2)))).finish(), 1);
    assert_eq!(log.polls(), 1);
    let second_poll = async |n: u32| {
        trigger.pending_once().await;
        n
    };
    for many in [3, 30, 31, 500] {
        let late =
            race_all((0..many).map(|n| if n < 2 { second_poll(n).left_future() } else { pending().right_future() }));
        assert_eq!(ByHand::new(late).finish(), Some(0));
        let last =
            race_all((0..many).map(|n| if n < many - 1 { pending().left_future() } else { ready(n).right_future() }));
        assert_eq!(ByHand::new(last).finish(), Some(many - 1));
    }
    let array: [_; 100] = core::array::from_fn(ready);
    assert_eq!(ByHand::new(race(array)).finish(), 0);
}

#[test]
fn a_race_over_nobody_ends_at_once_and_gives_none() {
    assert_eq!(ByHand::new(race(Vec::<Ready<u8>>::new())).finish(), None);
    assert_eq!(ByHand::new(race_all(core::iter::empty::<Ready<u8>>())).finish(), None);
}

#[test]
fn losers_are_cleaned_up_before_it_returns_beside_each_other_and_nobody_elses_cleanup_is_waited_for() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let loses = async |name| {
            let _held = held(&rt, &log, name, 20);
            pending().await
        };
        let wins = async {
            let _held = held(&rt, &log, "winner", 5);
            millis(&rt, 10).await;
            7
        };
        scope(async |_| {
            drop(held(&rt, &log, "elsewhere", 1000));
            assert_eq!((race((loses("first"), wins, loses("last"))).await, elapsed(&rt)), (7, 30));
            let expected = [
                "end first",
                "end last",
                "end winner",
                "start elsewhere (Dropped)",
                "start first (Cancelled(LostRace))",
                "start last (Cancelled(LostRace))",
                "start winner (Ended)",
            ];
            assert_eq!(sorted(&log), expected);
        })
        .await;
    });
}

#[test]
fn guards_of_one_loser_are_cleaned_one_after_another_the_last_made_first() {
    let log = Log::default();
    let loser = async {
        let _a = told(&log, "a");
        let _b = told(&log, "b");
        pending::<()>().await;
    };
    ByHand::new(race((loser, ready(())))).finish();
    assert_eq!(log.take(), ["b: Cancelled(LostRace)", "a: Cancelled(LostRace)"]);
}

#[test]
fn a_guard_dropped_while_its_branch_goes_on_is_waited_for_by_those_made_before_it_in_that_branch_alone() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let branch = async |names: [&'static str; 2], slow: u64| {
            let _connection = held(&rt, &log, names[0], 1);
            drop(held(&rt, &log, names[1], slow));
            millis(&rt, 5).await;
            pending::<()>().await;
        };
        let wins = millis(&rt, 10);
        race((branch(["a1", "a2"], 30), branch(["b1", "b2"], 15), wins)).await;
        assert_eq!(elapsed(&rt), 31);
        let expected = [
            "start a2 (Dropped)",
            "start b2 (Dropped)",
            "end b2",
            "start b1 (Cancelled(LostRace))",
            "end b1",
            "end a2",
            "start a1 (Cancelled(LostRace))",
            "end a1",
        ];
        assert_eq!(log.take(), expected);
    });
}

#[test]
fn a_loser_that_wakes_nobody_and_one_that_was_never_polled_are_dropped_all_the_same() {
    let log = Log::default();
    let never_polled = told(&log, "never polled");
    let silent = async {
        let _held = told(&log, "silent");
        pending::<u8>().await
    };
    let winner = race((silent, ready(1), async move {
        let _held = never_polled;
        2
    }));
    assert_eq!(ByHand::new(winner).finish(), 1);
    assert_eq!(sorted(&log), ["never polled: Cancelled(LostRace)", "silent: Cancelled(LostRace)"]);
}

#[test]
fn what_the_winner_gives_out_lives_on() {
    let log = Log::default();
    let work = scope(async |_| {
        let winner = race((async { told(&log, "winner") }, pending())).await;
        assert_eq!(log.take(), [""; 0]);
        winner.close().await.unwrap();
    });
    ByHand::new(work).finish();
    assert_eq!(log.take(), ["winner: Closed"]);
}

#[test]
fn races_within_races_and_within_children_and_timeouts() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let holds = async |name, time| {
            let _held = held(&rt, &log, name, 5);
            millis(&rt, time).await;
            name
        };
        let nested = scope(async |s| {
            let child = s.spawn(race((race((holds("a", 30), holds("b", 40))), race((holds("c", 10), holds("d", 20))))));
            child.await
        });
        let winner = timeout(&rt, Duration::from_secs(1), nested).await.unwrap();
        // Both in turn: c's cleanup and d's, then those of a and b.
        assert_eq!((winner, elapsed(&rt)), ("c", 20));
        let starts: Vec<_> = sorted(&log).split_off(4);
        let lost = |name| format!("start {name} (Cancelled(LostRace))");
        assert_eq!(starts, [lost("a"), lost("b"), "start c (Ended)".into(), lost("d")]);
    });
}

#[test]
fn a_panic_cancels_the_others_and_passes_on_once_after_the_cleanups() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let holds = async |name| {
            let _held = held(&rt, &log, name, 5);
            pending::<()>().await;
        };
        let panics = async {
            let _held = held(&rt, &log, "panics", 5);
            millis(&rt, 1).await;
            InjectedPanic::throw();
        };
        let payload = AssertUnwindSafe(race((holds("first"), panics, holds("last")))).catch_unwind().await.unwrap_err();
        assert!(InjectedPanic::is(&*payload));
        let lines = sorted(&log);
        assert_eq!(lines[..3], ["end first", "end last", "end panics"]);
        assert_eq!(lines[3], "start first (Cancelled(SiblingPanicked))");
        assert_eq!(lines[5], "start panics (Panicking)");
    });
}

#[test]
fn a_loser_that_panics_as_it_is_dropped_leaves_nobody_uncleaned() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            InjectedPanic::throw();
        }
    }
    let log = Log::default();
    let holds = async |name| {
        let _held = told(&log, name);
        pending::<()>().await;
    };
    let bomb = async {
        let _held = told(&log, "bomb");
        let _bomb = Bomb;
        pending::<()>().await;
    };
    let work = race((holds("first"), bomb, holds("last"), ready(())));
    let payload = std::panic::catch_unwind(AssertUnwindSafe(|| ByHand::new(work).finish())).unwrap_err();
    assert!(InjectedPanic::is(&*payload));
    let lines = sorted(&log);
    assert_eq!(lines, ["bomb: Panicking", "first: Cancelled(LostRace)", "last: Cancelled(SiblingPanicked)"]);
}

#[test]
fn dropped_half_way_it_hands_its_cleanups_to_the_scope_around() {
    let log = Log::default();
    let holds = async |name| {
        let _held = told(&log, name);
        pending::<()>().await;
    };
    ByHand::new(scope(async |_| {
        let mut half_way = Box::pin(race((holds("a"), holds("b"))));
        assert!(futures::poll!(&mut half_way).is_pending());
        drop(half_way);
    }))
    .finish();
    assert_eq!(sorted(&log), ["a: Cancelled(Dropped)", "b: Cancelled(Dropped)"]);
}

#[test]
fn an_outcome_has_the_cleanup_errors_and_the_name_of_the_race() {
    let loser = async {
        let _held = refuses("loser");
        pending().await
    };
    let outcome = ByHand::new(race((loser, ready(7))).named("servers").outcome()).finish();
    assert_eq!((outcome.value, outcome.cleanup.len()), (7, 1));
    let words = outcome.cleanup[0].to_string();
    assert!(words.contains("loser") && words.contains("servers"), "{words}");
}

#[test]
fn local_guards_of_losers_are_cleaned_up_by_the_local_scope_around_it() {
    let cleaned = Rc::new(Cell::new(0));
    let loser = || async {
        let _held = local_defer(Rc::clone(&cleaned), async |cleaned| cleaned.set(cleaned.get() + 1));
        pending::<()>().await;
    };
    ByHand::new(local_scope(async |_| race((loser(), loser(), ready(()))).await)).finish();
    assert_eq!(cleaned.get(), 2);
}
