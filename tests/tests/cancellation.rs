//! Deadlines, shields and checkpoints: what is cancelled when, and what is carried on.

extern crate alloc;

use alloc::rc::Rc;
use core::future::pending;
use core::pin::Pin;
use core::time::Duration;

use onpar_core::{CancelReason, Clock as _};
use onpar_scope::{Elapsed, checkpoint, deadline, defer, guard, local_scope, local_shield, scope, shield, timeout};
use onpar_test::{Sim, Trigger, every_poll};
use onpar_tests::{Log, Resource};

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[test]
fn a_deadline_cancels_at_its_instant_and_returns_when_what_it_cancelled_is_clean() {
    Sim::check(0..50, async |rt| {
        let (log, start) = (Log::default(), rt.now());
        let end = start + millis(20);
        let in_time = deadline(&rt, end, async { 7 }).await;
        let late = deadline(&rt, end, async {
            let _held = guard(Resource { name: "held", millis: 5, log: log.clone(), clock: rt.clone() });
            pending::<()>().await;
        });
        assert_eq!((in_time, late.await), (Ok(7), Err(Elapsed)));
        assert_eq!(rt.now() - start, millis(25));
        assert_eq!(log.take(), ["start held (Cancelled(Deadline))", "end held"]);
    });
}

#[test]
fn a_value_that_is_ready_in_the_same_poll_as_the_deadline_wins() {
    Sim::check(0..50, async |rt| {
        let tie = timeout(&rt, millis(10), async {
            rt.sleep(millis(10)).await;
            7
        });
        assert_eq!(tie.await, Ok(7));
    });
}

#[test]
fn a_timeout_fires_over_a_loop_whose_awaits_are_all_ready() {
    // tokio's `timeout` of 50 ms around such a loop of 500 ms gives `Ok` after 500 ms.
    type Step = fn() -> Pin<Box<dyn Future<Output = ()> + Send>>;
    let steps: [Step; 4] = [
        || Box::pin(checkpoint()),
        || Box::pin(async { assert!(defer((), async |()| {}).close().await.is_ok()) }),
        || Box::pin(scope(async |_| {})),
        || Box::pin(scope(async |s| s.settled().await)),
    ];
    for step in steps {
        Sim::check(0..5, async |rt| {
            let start = rt.now();
            let work = timeout(&rt, millis(50), async {
                for _ in 0..500 {
                    step().await;
                    rt.work(millis(1));
                }
            });
            assert_eq!(work.await, Err(Elapsed));
            assert!(rt.now() - start < millis(50 + 2 * 64), "only after {:?}", rt.now() - start);
        });
    }
}

#[test]
fn shielded_work_that_is_cancelled_is_carried_on_and_awaited() {
    Sim::check(0..50, async |rt| {
        let (log, start) = (Log::default(), rt.now());
        let work = timeout(&rt, millis(10), async {
            let (clock, log) = (rt.clone(), log.clone());
            let both = async move {
                log.add("one");
                clock.sleep(millis(30)).await;
                log.add("two");
            };
            shield(rt.clone(), millis(100), both).await;
            unreachable!("it is cancelled after the first half");
        });
        assert!(work.await.is_err());
        assert_eq!((log.take(), rt.now() - start), (vec!["one".to_owned(), "two".to_owned()], millis(30)));
    });
}

#[test]
fn a_shield_ends_with_its_budget_and_is_named_in_the_report() {
    Sim::check(0..20, async |rt| {
        let start = rt.now();
        let work = scope(async |s| {
            let endless = shield(rt.clone(), millis(15), pending::<()>()).named("endless");
            let child = s.spawn(endless);
            rt.sleep(millis(5)).await;
            assert_eq!(child.cancel().await, None);
            rt.now() - start
        });
        let outcome = work.outcome().await;
        assert_eq!(outcome.value, millis(20));
        let errors: Vec<_> = outcome.cleanup.iter().map(ToString::to_string).collect();
        assert!(errors.len() == 1 && errors[0].contains("`endless`"), "{errors:?}");
    });
}

#[test]
fn a_shield_hears_that_its_scope_is_cancelled() {
    Sim::check(0..20, async |rt| {
        let log = Log::default();
        scope(async |outer| {
            let work = outer.spawn(scope(async |s| {
                let (cancelled, log) = (s.cancelled(), log.clone());
                let patient = async move { log.add(format!("{:?}", cancelled.await)) };
                shield(rt.clone(), millis(100), patient).await;
            }));
            rt.sleep(millis(1)).await;
            work.cancel().await;
        })
        .await;
        let reason = CancelReason::Requested("its handle cancelled it");
        assert_eq!(log.take(), [format!("{reason:?}")]);
    });
}

#[test]
fn a_local_shield_is_carried_on_by_a_local_scope() {
    Sim::check(0..20, async |rt| {
        let log = Log::default();
        local_scope(async |s| {
            let (held, clock) = (Rc::new(log.clone()), rt.clone());
            let child = s.spawn(local_shield(rt.clone(), millis(10), async move {
                clock.sleep(millis(5)).await;
                held.add("carried on");
            }));
            rt.sleep(millis(1)).await;
            child.cancel().await;
        })
        .await;
        assert_eq!(log.take(), ["carried on"]);
    });
}

#[test]
fn at_every_poll_a_shield_that_has_begun_ends() {
    let boundaries = every_poll(|at| {
        let (log, trigger) = (Log::default(), Trigger::never());
        Sim::new(1).run(async |rt| {
            let work = async {
                trigger.pending_once().await;
                let (log, trigger) = (log.clone(), trigger.clone());
                let both = async move {
                    log.add("begun");
                    trigger.pending_once().await;
                    trigger.pending_once().await;
                    log.add("ended");
                };
                shield(rt.clone(), millis(100), both).await;
            };
            scope(async |_| at.cancel(work).await).await;
        });
        assert_eq!(log.count("begun"), log.count("ended"));
    });
    assert_eq!(boundaries, 4);
}
