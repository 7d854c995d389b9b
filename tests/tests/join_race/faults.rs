//! A cancel and a panic at every poll: three branches with two guards each, and no cleanup is lost.

use onpar_scope::{defer, join, race_all, race_ok, scope, try_join};
use onpar_test::{ByHand, Trigger, every_poll};
use onpar_tests::Log;

/// Which of the operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Join,
    TryJoin,
    Fails,
    Race,
    RaceOk,
}

use Operation::{Fails, Join, Race, RaceOk, TryJoin};

const ALL: [Operation; 5] = [Join, TryJoin, Fails, Race, RaceOk];

/// Three branches with two guards each, whose cleanups are pending once.
async fn work(operation: Operation, log: &Log, trigger: &Trigger) -> u32 {
    let open = |name: &str, number: u32| {
        let name = format!("{name}{number}");
        log.add(format!("open {name}"));
        defer((log.clone(), trigger.clone()), async move |(log, trigger): (Log, Trigger)| {
            log.add(format!("start {name}"));
            trigger.pending_once().await;
            log.add(format!("end {name}"));
        })
    };
    let branch = async |name: &'static str, polls: u32| {
        let _first = open(name, 1);
        trigger.pending_once().await;
        let _second = open(name, 2);
        for _ in 0..polls {
            trigger.pending_once().await;
        }
        polls
    };
    let (a, b, c) = (branch("a", 2), branch("b", 1), branch("c", 3));
    match operation {
        Join => {
            let (a, b, c) = join((a, b, c)).await;
            a + b + c
        }
        TryJoin => {
            try_join([a, c, b].map(async |branch| Ok::<_, ()>(branch.await))).await.map_or(0, |ok| ok.iter().sum())
        }
        Fails => try_join((async { Ok(a.await) }, async { Err::<u32, _>(b.await) }, async { Ok(c.await) }))
            .await
            .map_or_else(|failure| failure.primary, |_| 0),
        Race => race_all([a, b, c]).await.unwrap_or(0),
        RaceOk => race_ok((async { Err(a.await) }, async { Err(b.await) }, async { Ok(c.await) })).await.unwrap_or(0),
    }
}

/// What it gives if nothing comes between.
fn value(operation: Operation) -> u32 {
    match operation {
        Join | TryJoin => 6,
        Fails | Race => 1,
        RaceOk => 3,
    }
}

/// All that was opened was started; gives how many did not end.
fn cut_short(log: &Log) -> usize {
    let lines = log.take();
    let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    assert_eq!(count("open"), count("start"), "{lines:?}");
    count("start") - count("end")
}

#[test]
fn cancelled_at_every_poll_no_cleanup_is_lost() {
    for operation in ALL {
        let boundaries = every_poll(|at| {
            let (log, trigger) = (Log::default(), Trigger::never());
            let given = ByHand::new(scope(async |_| at.cancel(work(operation, &log, &trigger)).await)).finish();
            assert_eq!(given, (!at.has_fired()).then(|| value(operation)), "{operation:?}");
            assert_eq!(cut_short(&log), 0, "{operation:?}");
        });
        assert!(boundaries >= 3, "{operation:?}: only {boundaries} boundaries");
    }
}

#[test]
fn a_panic_at_every_point_loses_no_cleanup_but_the_one_that_panics() {
    for operation in ALL {
        let boundaries = every_poll(|at| {
            let (log, trigger) = (Log::default(), at.panic_trigger());
            let run = scope(async |_| work(operation, &log, &trigger).await).outcome();
            let outcome = at.catch(|| ByHand::new(run).finish());
            let in_a_cleanup = cut_short(&log);
            match outcome {
                None => assert_eq!(in_a_cleanup, 0, "{operation:?}"),
                Some(outcome) => {
                    assert_eq!(outcome.value, value(operation));
                    assert_eq!(in_a_cleanup, usize::from(at.has_fired()), "{operation:?}");
                }
            }
        });
        assert!(boundaries > 8, "{operation:?}: only {boundaries} boundaries");
    }
}
