//! `race_ok`: the first value, or every error.

use core::future::{Ready, pending, ready};

use onpar_scope::{race_ok, race_ok_all, scope};
use onpar_test::{ByHand, Sim};
use onpar_tests::Log;

use super::{elapsed, held, millis, refuses, sorted};

#[test]
fn the_first_value_wins_and_errors_before_it_only_leave_the_race() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let after = async |time: u64, result: Result<&'static str, &'static str>| {
            let _held = held(&rt, &log, result.unwrap_or_else(|name| name), 20);
            millis(&rt, time).await;
            result
        };
        scope(async |_| {
            drop(held(&rt, &log, "elsewhere", 1000));
            let members = (after(5, Err("fails")), after(50, Ok("loses")), after(10, Ok("wins")));
            assert_eq!((race_ok(members).await.unwrap(), elapsed(&rt)), ("wins", 30));
            let lines = sorted(&log);
            let expected = [
                "start elsewhere (Dropped)",
                "start fails (Ended)",
                "start loses (Cancelled(LostRace))",
                "start wins (Ended)",
            ];
            assert_eq!(lines[3..], expected);
        })
        .await;
    });
}

#[test]
fn if_all_fail_all_errors_are_there_in_the_order_in_which_they_came() {
    Sim::check(0..50, async |rt| {
        let fails = async |time: u64| {
            millis(&rt, time).await;
            Err::<(), _>(time)
        };
        let failure = race_ok((fails(3), fails(1), fails(2))).await.unwrap_err();
        assert_eq!(failure.iter().collect::<Vec<_>>(), [&1, &2, &3]);
        let failure = race_ok([3, 1, 2].map(fails)).await.unwrap_err();
        assert_eq!(failure.iter().collect::<Vec<_>>(), [&1, &2, &3]);
        let failure = race_ok_all((0..100).rev().map(fails)).await.unwrap().unwrap_err();
        assert_eq!(failure.iter().copied().collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
    });
    // In one poll: by position.
    let failure = ByHand::new(race_ok_all((0..100).map(|n| ready(Err::<(), _>(n))))).finish().unwrap().unwrap_err();
    assert_eq!((failure.primary, failure.others), (0, (1..100).collect::<Vec<_>>()));
}

#[test]
fn a_race_over_nobody_ends_at_once_and_gives_none() {
    assert!(ByHand::new(race_ok(Vec::<Ready<Result<u8, ()>>>::new())).finish().is_none());
}

#[test]
fn what_went_wrong_with_the_cleanups_stands_in_the_failure_or_in_the_outcome() {
    let fails = async |name| {
        let _held = refuses(name);
        Err::<(), _>(name)
    };
    let failure = ByHand::new(race_ok((fails("a"), fails("b")))).finish().unwrap_err();
    assert_eq!((failure.primary, &*failure.others, failure.cleanup.len()), ("a", &["b"][..], 2));
    let failure = ByHand::new(race_ok(vec![fails("a")])).finish().unwrap().unwrap_err();
    assert_eq!(failure.cleanup.len(), 1);

    let loses = async {
        let _held = refuses("loses");
        pending().await
    };
    let outcome = ByHand::new(race_ok((loses, ready(Ok::<_, ()>(7)))).outcome()).finish();
    assert_eq!((outcome.value.unwrap(), outcome.cleanup.len()), (7, 1));
}
