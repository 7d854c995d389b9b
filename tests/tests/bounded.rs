//! Bounded scopes: never more children than there is room for, and no wait for room that could not end.

use core::future::pending;
use core::time::Duration;

use onpar_core::{Clock as _, limit};
use onpar_scope::{Full, bounded_scope, defer, guard, scope};
use onpar_test::{ByHand, Sim, Trigger, every_poll};
use onpar_tests::{Log, Resource};

#[test]
fn the_body_waits_for_room_and_no_more_children_run_than_there_is_room_for() {
    Sim::check(0..50, async |rt| {
        let start = rt.now();
        let numbers: Vec<u32> = (0..20).collect();
        let (running, most) = (futures::lock::Mutex::new(0), futures::lock::Mutex::new(0));
        bounded_scope(limit!(3), async |s| {
            for number in &numbers {
                let work = async |number: &u32| {
                    *running.lock().await += 1;
                    let now = *running.lock().await;
                    let mut most = most.lock().await;
                    *most = now.max(*most);
                    drop(most);
                    rt.sleep(Duration::from_millis(u64::from(10 + number % 2))).await;
                    *running.lock().await -= 1;
                };
                drop(s.spawn_with_when_free(number, work).await);
            }
        })
        .await;
        assert_eq!((running.into_inner(), most.into_inner()), (0, 3));
        assert!(rt.now() - start < Duration::from_millis(20 / 3 * 11 + 22));
    });
}

#[test]
fn a_child_takes_its_room_until_its_cleanups_have_ended() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        bounded_scope(limit!(1), async |s| {
            for name in ["one", "two"] {
                let work = async |name| {
                    let _resource = guard(Resource { name, millis: 5, log: log.clone(), clock: rt.clone() });
                    log.add(format!("open {name}"));
                };
                drop(s.spawn_with_when_free(name, work).await);
            }
        })
        .await;
        let expected =
            ["open one", "start one (Ended)", "end one", "open two", "start two (Ended)", "end two"].map(String::from);
        assert_eq!(log.take(), expected);
    });
}

#[test]
fn children_spawn_where_there_is_room_and_get_the_future_back_where_there_is_none() {
    let tried = ByHand::new(bounded_scope(limit!(2), async |s| {
        let all = s.for_children();
        let first = s.spawn_when_free(async {
            // One of the two is this child itself.
            let tried = [all.try_spawn(async { 7 }).map(drop).is_ok(), all.try_spawn(async { 8 }).map(drop).is_ok()];
            Trigger::never().pending_once().await;
            tried
        });
        let tried = first.await.await;
        let Full(given_back) = {
            let held = [(); 2].map(|()| all.try_spawn(pending::<()>()).unwrap());
            let full = all.try_spawn(async { 9 }).unwrap_err();
            for child in held {
                child.cancel().await;
            }
            full
        };
        (tried, given_back.await)
    }))
    .finish();
    assert_eq!(tried, ([true, false], 9));
}

#[test]
fn a_wait_for_room_that_is_dropped_takes_none() {
    Sim::check(0..50, async |rt| {
        bounded_scope(limit!(1), async |s| {
            let first = s.spawn_when_free(rt.sleep(Duration::from_millis(10))).await;
            let waiting = onpar_scope::timeout(&rt, Duration::from_millis(5), async {
                drop(s.spawn_when_free(pending::<()>()).await);
            });
            assert!(waiting.await.is_err());
            first.await;
            assert_eq!(s.for_children().try_spawn(async { 7 }).unwrap().await, 7);
        })
        .await;
    });
}

#[test]
fn at_every_poll_a_cancelled_bounded_scope_cleans_all() {
    let boundaries = every_poll(|at| {
        let (log, trigger) = (Log::default(), Trigger::never());
        let work = bounded_scope(limit!(2), async |s| {
            for name in ["a", "b", "c", "d"] {
                let work = async |name| {
                    log.add("open");
                    let _guard = defer((log.clone(), trigger.clone()), async |(log, trigger): (Log, Trigger)| {
                        trigger.pending_once().await;
                        log.add("closed");
                    });
                    trigger.pending_once().await;
                    name
                };
                drop(s.spawn_with_when_free(name, work).await);
            }
        });
        ByHand::new(scope(async |_| at.cancel(work).await)).finish();
        assert_eq!(log.count("open"), log.count("closed"));
    });
    assert!(boundaries >= 5, "only {boundaries} boundaries");
}
