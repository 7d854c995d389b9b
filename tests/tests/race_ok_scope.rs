//! Scopes whose first success counts: losers are cleaned first, and if nobody wins, every error is told.

extern crate alloc;

use alloc::rc::Rc;
use core::convert::Infallible;
use core::future::pending;
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_scope::{Failure, defer, guard, local_try_scope, race_ok_scope, scope};
use onpar_test::{ByHand, Sim, Trigger, every_poll};
use onpar_tests::{Log, Resource};

#[test]
fn the_first_success_comes_when_the_losers_are_clean() {
    Sim::check(0..50, async |rt| {
        let (log, start) = (Log::default(), rt.now());
        let won = race_ok_scope(async |s| {
            for (name, millis) in [("slow", 30), ("quick", 10), ("slower", 40)] {
                drop(s.spawn_with((name, millis), async |(name, millis)| {
                    let _held = guard(Resource { name, millis: 5, log: log.clone(), clock: rt.clone() });
                    rt.sleep(Duration::from_millis(millis)).await;
                    Ok(name)
                }));
            }
            rt.sleep(Duration::from_millis(1)).await;
            Err("the body spawned, and gave up")
        });
        assert_eq!(won.await.unwrap(), "quick");
        assert_eq!(rt.now() - start, Duration::from_millis(15));
        let mut lines = log.take();
        lines.sort();
        let expected = [
            "end quick",
            "end slow",
            "end slower",
            "start quick (Ended)",
            "start slow (Cancelled(LostRace))",
            "start slower (Cancelled(LostRace))",
        ];
        assert_eq!(lines, expected);
    });
}

#[test]
fn if_nobody_succeeds_every_error_is_told_the_first_in_time_first() {
    Sim::check(0..50, async |rt| {
        let lost: Result<Infallible, _> = race_ok_scope(async |s| {
            for millis in [30_u64, 10] {
                drop(s.spawn_with(millis, async |millis| {
                    rt.sleep(Duration::from_millis(millis)).await;
                    Err(format!("failed after {millis} ms"))
                }));
            }
            rt.sleep(Duration::from_millis(20)).await;
            Err("the body".to_owned())
        })
        .await;
        let errors: Vec<_> = lost.unwrap_err().iter().cloned().collect();
        assert_eq!(errors, ["failed after 10 ms", "the body", "failed after 30 ms"]);
    });
}

#[test]
fn a_second_success_of_the_same_poll_is_dropped_within_the_scope() {
    let log = Log::default();
    let value = || defer(log.clone(), async |log| log.add("cleaned"));
    let won = ByHand::new(race_ok_scope(async |s| {
        for _ in 0..2 {
            drop(s.spawn(async { Ok(value()) }));
        }
        Err(())
    }))
    .finish();
    assert_eq!(log.count("cleaned"), 1);
    drop(won);
}

#[test]
fn at_every_poll_a_cancelled_race_cleans_all() {
    let boundaries = every_poll(|at| {
        let (log, trigger) = (Log::default(), Trigger::never());
        let work = race_ok_scope(async |s| {
            for polls in 1..4 {
                drop(s.spawn_with(polls, async |polls| {
                    log.add("open");
                    let _guard = defer((log.clone(), trigger.clone()), async |(log, trigger): (Log, Trigger)| {
                        trigger.pending_once().await;
                        log.add("closed");
                    });
                    for _ in 0..polls {
                        trigger.pending_once().await;
                    }
                    if polls == 3 { Ok(polls) } else { Err(polls) }
                }));
            }
            Err(0)
        });
        let won = ByHand::new(scope(async |_| at.cancel(work).await)).finish();
        assert_eq!(won.map(|won| won.map_err(Failure::into_primary)), (!at.has_fired()).then_some(Ok(3)));
        assert_eq!(log.count("open"), log.count("closed"));
    });
    assert!(boundaries >= 4, "only {boundaries} boundaries");
}

#[test]
fn a_local_fallible_scope_takes_what_is_not_send_and_cancels_it() {
    let log = Log::default();
    let shared = Rc::new(log.clone());
    let failed = ByHand::new(local_try_scope(async |s| {
        drop(s.spawn(async {
            let _held = onpar_scope::local_defer(Rc::clone(&shared), async |log| log.add("cleaned"));
            pending::<Result<(), _>>().await
        }));
        drop(s.spawn_with(Rc::clone(&shared), async |_| {
            Trigger::never().pending_once().await;
            Err::<(), _>("failed")
        }));
        pending::<Result<(), _>>().await
    }))
    .finish();
    assert_eq!((failed.unwrap_err().primary, log.take()), ("failed", vec!["cleaned".to_owned()]));
}
