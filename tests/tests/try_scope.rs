//! Fallible scopes: the first error cancels and cleans everybody, none is lost, and the root cause comes first.

use core::convert::Infallible;
use core::future::pending;
use core::panic::AssertUnwindSafe;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;

use onpar_core::{CancelReason, Clock as _};
use onpar_scope::{Cancelled, Failure, Guard, defer, guard, scope, timeout, try_scope};
use onpar_test::{ByHand, InjectedPanic, Rt, Sim, Trigger, every_poll};
use onpar_tests::{Log, Resource};

fn resource(name: &'static str, millis: u64, log: &Log, rt: &Rt) -> Guard<Resource<Rt>> {
    guard(Resource { name, millis, log: log.clone(), clock: rt.clone() })
}

async fn fails_after(rt: &Rt, millis: u64, error: &'static str) -> Result<Infallible, &'static str> {
    rt.sleep(Duration::from_millis(millis)).await;
    Err(error)
}

#[test]
fn the_first_error_cancels_and_cleans_the_others_and_comes_at_the_instant_at_which_they_are_clean() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let start = rt.now();
        let failed = try_scope(async |s| {
            let _body = resource("body", 5, &log, &rt);
            drop(s.spawn(async {
                let _late = resource("late", 7, &log, &rt);
                fails_after(&rt, 30, "late").await
            }));
            drop(s.spawn(async {
                let _early = resource("early", 1, &log, &rt);
                fails_after(&rt, 10, "early").await
            }));
            pending::<Result<(), _>>().await
        })
        .await
        .unwrap_err();
        assert_eq!((failed.primary, failed.others.len()), ("early", 0));
        assert_eq!(rt.now() - start, Duration::from_millis(10 + 7));
        let mut lines = log.take();
        lines.sort();
        let expected = [
            "end body",
            "end early",
            "end late",
            "start body (Cancelled(SiblingFailed))",
            "start early (Failed)",
            "start late (Cancelled(SiblingFailed))",
        ];
        assert_eq!(lines, expected);
    });
}

#[test]
fn the_errors_of_one_poll_come_in_the_order_in_which_it_polled_and_later_ones_not_at_all() {
    let work = try_scope(async |s| {
        for error in ["first", "second"] {
            drop(s.spawn(async move { Err::<Infallible, _>(error) }));
        }
        drop(s.spawn_with("third", async |error| {
            Trigger::never().pending_once().await;
            Err::<Infallible, _>(error)
        }));
        pending::<Result<(), _>>().await
    });
    let mut work = pin!(work);
    let polled = work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(Err(failure)) = polled else { panic!("it fails at once") };
    assert_eq!(failure.iter().copied().collect::<Vec<_>>(), ["first", "second"]);
    assert_eq!(failure.to_string(), "first; 1 more error: second");
}

#[test]
fn a_child_that_fails_in_the_first_poll_does_not_leave_its_pending_siblings_hanging() {
    // moro 0.4 hangs here.
    Sim::check(0..50, async |rt| {
        let work = try_scope(async |s| {
            let siblings = [(); 3].map(|()| s.spawn(pending::<Result<(), &str>>()));
            drop(s.spawn(async { Err::<(), _>("at once") }));
            for sibling in siblings {
                sibling.await;
            }
            Ok(())
        });
        let failure = timeout(&rt, Duration::from_secs(1), work).await.unwrap().unwrap_err();
        assert_eq!(failure.primary, "at once");
    });
}

#[test]
fn an_error_of_the_body_cancels_the_children_before_they_are_polled_again() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let failed = try_scope(async |s| {
            let child = s.spawn(async {
                let _child = resource("child", 3, &log, &rt);
                pending::<Result<u32, &str>>().await
            });
            rt.sleep(Duration::from_millis(1)).await;
            Err::<(), _>("body")?;
            Ok(child.await)
        })
        .await;
        assert_eq!(failed.unwrap_err().into_primary(), "body");
        assert_eq!(log.take(), ["start child (Cancelled(SiblingFailed))", "end child"]);
    });
}

#[test]
fn cleanup_errors_after_the_failure_stand_beside_it() {
    let refuse = || defer((), async |()| Err("refused"));
    let failure = ByHand::new(try_scope::<_, _, (), _>(async |s| {
        let _one = refuse();
        drop(s.spawn(async {
            let _two = refuse();
            pending::<Result<(), _>>().await
        }));
        Trigger::never().pending_once().await;
        Err("root cause")
    }))
    .finish()
    .unwrap_err();
    assert_eq!((failure.primary, failure.cleanup.len()), ("root cause", 2));
    assert!(failure.to_string().starts_with("root cause; 2 cleanups went wrong"), "{failure}");
}

#[test]
fn a_cancelled_scope_fails_with_the_reason_which_its_guards_are_told_too() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let work = try_scope::<_, _, (), Cancelled>(async |s| {
            let _body = resource("body", 1, &log, &rt);
            drop(s.spawn(async {
                rt.sleep(Duration::from_millis(3)).await;
                s.cancel("shutting down");
                s.cancel("a second time");
                pending::<Result<(), _>>().await
            }));
            pending().await
        });
        let failure = work.await.unwrap_err();
        assert_eq!(failure.primary, Cancelled(CancelReason::Requested("shutting down")));
        assert_eq!(failure.others, []);
        assert_eq!(log.take()[0], "start body (Cancelled(Requested(\"shutting down\")))");
    });
}

#[test]
fn collecting_all_lets_the_others_go_on_and_cancels_only_who_awaits_what_has_failed() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let failed = try_scope(async |s| {
            let failing = s.spawn(fails_after(&rt, 5, "five"));
            drop(s.spawn(async {
                let _waiter = resource("waiter", 1, &log, &rt);
                let never: Infallible = failing.await;
                Ok(never)
            }));
            drop(s.spawn(async {
                rt.sleep(Duration::from_millis(20)).await;
                log.add("the other has ended");
                Ok(())
            }));
            drop(s.spawn(fails_after(&rt, 10, "ten")));
            let value = guard(Resource { name: "value", millis: 1, log: log.clone(), clock: rt.clone() });
            Ok(value)
        })
        .collect_all()
        .await;
        let errors: Vec<_> = failed.map(drop).unwrap_err().iter().copied().collect();
        assert_eq!(errors, ["five", "ten"]);
        let expected = [
            // The value is not given out, so what it guards is cleaned up.
            "start value (Dropped)",
            "start waiter (Cancelled(SiblingFailed))",
            "the other has ended",
        ];
        let mut lines = log.take();
        lines.retain(|line| !line.starts_with("end"));
        lines.sort();
        assert_eq!(lines, expected);
    });
}

#[test]
fn a_body_that_awaits_a_failed_child_is_cancelled_when_all_are_collected() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let failed = try_scope(async |s| {
            let _body = resource("body", 1, &log, &rt);
            drop(s.spawn(async {
                rt.sleep(Duration::from_millis(50)).await;
                log.add("sibling");
                Ok(())
            }));
            let inner = scope(async |_| match s.spawn(fails_after(&rt, 5, "five")).await {});
            inner.await
        })
        .collect_all();
        let failed: Result<(), Failure<_>> = failed.await;
        assert_eq!(failed.unwrap_err().primary, "five");
        assert_eq!(log.take(), ["start body (Cancelled(SiblingFailed))", "end body", "sibling"]);
    });
}

#[test]
fn cancelled_is_heard_by_what_outlives_the_work_whatever_ends_it() {
    Sim::check(0..20, async |rt| {
        let heard = scope(async |outer| {
            let by_drop = {
                let work = scope(async |s| {
                    let cancelled = s.cancelled();
                    let heard = outer.spawn(cancelled);
                    rt.sleep(Duration::ZERO).await;
                    (heard, ())
                });
                timeout(&rt, Duration::from_secs(1), work).await.unwrap().0
            };
            let (sender, receiver) = futures::channel::oneshot::channel();
            let by_deadline = outer.spawn(async { receiver.await.unwrap() });
            let work = scope(async |s| {
                let cancelled = s.cancelled();
                let _late = defer(cancelled, async |cancelled| sender.send(cancelled.await).map_err(Cancelled));
                pending::<()>().await;
            });
            assert!(timeout(&rt, Duration::from_millis(1), work).await.is_err());
            assert!(by_drop.cancel().await.is_none(), "a scope that ended by itself was never cancelled");
            by_deadline.await
        })
        .await;
        assert_eq!(heard, CancelReason::Deadline);
    });
}

/// Three children with two guards each, of which the last fails.
async fn family(log: &Log, trigger: &Trigger) -> Result<(), Failure<&'static str>> {
    let open = |name: &'static str| {
        log.add(format!("open {name}"));
        defer((log.clone(), trigger.clone()), async move |(log, trigger): (Log, Trigger)| {
            log.add(format!("start {name}"));
            trigger.pending_once().await;
            log.add(format!("end {name}"));
        })
    };
    try_scope(async |s| {
        let children = [("a", "b", 1), ("c", "d", 2), ("e", "f", 3)].map(|child| {
            s.spawn_with(child, async |(first, second, polls)| {
                let (_first, _second) = (open(first), open(second));
                for _ in 0..polls {
                    trigger.pending_once().await;
                }
                if polls == 3 { Err("three") } else { Ok(polls) }
            })
        });
        for child in children {
            trigger.pending_once().await;
            child.await;
        }
        Ok(())
    })
    .await
}

#[test]
fn a_failing_family_is_cancelled_at_every_poll_and_nothing_is_lost() {
    let boundaries = every_poll(|at| {
        let (log, trigger) = (Log::default(), Trigger::never());
        let failed = ByHand::new(scope(async |_| at.cancel(family(&log, &trigger)).await)).finish();
        let failed = failed.map(|failed| failed.map_err(Failure::into_primary));
        assert_eq!(failed, (!at.has_fired()).then_some(Err("three")));
        assert_eq!((log.count("open"), log.count("open")), (log.count("start"), log.count("end")));
    });
    assert!(boundaries >= 4, "only {boundaries} boundaries");
}

#[test]
fn a_panic_at_every_point_of_a_failing_family_skips_no_cleanup_but_the_one_that_panics() {
    let boundaries = every_poll(|at| {
        let (log, trigger) = (Log::default(), at.panic_trigger());
        let failed = at.catch(|| ByHand::new(scope(async |_| family(&log, &trigger).await)).finish());
        let in_a_cleanup = log.count("start") - log.count("end");
        assert_eq!(log.count("open"), log.count("start"));
        match failed.map(Result::unwrap_err) {
            None => assert_eq!(in_a_cleanup, 0),
            Some(failure) => {
                let cleanup = usize::from(at.has_fired());
                assert_eq!((failure.primary, in_a_cleanup), ("three", cleanup));
            }
        }
    });
    assert!(boundaries > 10, "only {boundaries} boundaries");
}

#[test]
fn a_panic_passes_on_though_others_have_failed() {
    let work = try_scope(async |s| {
        drop(s.spawn(async { Err::<(), _>("failed") }));
        drop(s.spawn(async { if true { InjectedPanic::throw() } else { Ok(()) } }));
        Ok(())
    });
    let caught = std::panic::catch_unwind(AssertUnwindSafe(|| ByHand::new(work).finish()));
    assert!(InjectedPanic::is(&*caught.unwrap_err()));
}

#[test]
fn errors_may_borrow_and_are_gone_when_the_scope_is() {
    let words = String::from("borrowed");
    {
        let error: &str = &words;
        let work = try_scope::<_, _, (), &str>(async |s| {
            drop(s.spawn(async { Err::<(), _>(error) }));
            pending().await
        });
        let mut work = Box::pin(work);
        assert!(matches!(work.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(Err(_))));
    }
    drop(words);
}

#[test]
fn a_child_that_tries_one_that_has_failed_and_ends_in_the_same_poll_keeps_its_output() {
    let mut seen = None;
    let failure = ByHand::new(
        try_scope(async |s| {
            let failed = s.spawn(async { Err::<Infallible, _>("failed") });
            let other = s.spawn(async {
                let mut failed = failed;
                Trigger::never().pending_once().await;
                assert!(futures::poll!(&mut failed).is_pending());
                Ok(7)
            });
            let awaits = s.spawn(async {
                seen = Some(other.await);
                Ok(())
            });
            awaits.await;
            Ok(())
        })
        .collect_all(),
    )
    .finish()
    .unwrap_err();
    assert_eq!(failure.primary, "failed");
    assert_eq!(seen, Some(7));
}
