//! Tasks of a runtime, which belong to a scope: it awaits them, cancels them, and cleans up after them.

extern crate alloc;

mod blocking;
mod runtimes;
mod slow_polls;
mod threads;

use core::future::{pending, poll_fn};
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use core::time::Duration;

use futures::FutureExt as _;
use onpar_core::JoinError;
use onpar_scope::{CleanupError, Guard, defer, guard, local_scope, scope, timeout};
use onpar_test::{ByHand, Clock as _, InjectedPanic, Instant, Rt, Sim, every_poll};
use onpar_tests::{Log, Resource};

use crate::runtimes::Shelf;

/// A guard whose cleanup takes so many milliseconds, and writes why and when.
fn resource(rt: &Rt, log: &Log, name: &'static str, millis: u64) -> Guard<Resource<Rt>> {
    guard(Resource { name, millis, log: log.clone(), clock: rt.clone() })
}

/// Work that holds a guard and never ends by itself.
fn held(rt: &Rt, log: &Log, name: &'static str) -> impl Future<Output = u32> + Send + 'static + use<> {
    let (rt, log) = (rt.clone(), log.clone());
    async move {
        let _held = resource(&rt, &log, name, 5);
        pending().await
    }
}

fn now(rt: &Rt) -> Duration {
    rt.now() - Instant::ORIGIN
}

#[test]
fn tasks_give_their_output_and_run_beside_each_other() {
    Sim::check(0..50, async |rt| {
        let sum = scope(async |s| {
            let tasks = [1, 2, 3].map(|number| {
                let clock = rt.clone();
                s.spawn_on(&rt, async move {
                    clock.sleep(Duration::from_millis(10)).await;
                    number
                })
            });
            let mut sum = 0;
            for task in tasks {
                sum += task.await.unwrap();
            }
            sum
        })
        .await;
        assert_eq!((sum, now(&rt), rt.tasks()), (6, Duration::from_millis(10), 0));
    });
}

#[test]
fn the_guards_of_a_task_are_cleaned_up_in_the_task_before_its_handle_hears_of_its_end() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        scope(async |s| {
            let (clock, inner) = (rt.clone(), log.clone());
            let task = s.spawn_on(&rt, async move {
                let _held = resource(&clock, &inner, "held", 5);
                7
            });
            assert_eq!(task.await.unwrap(), 7);
            assert_eq!(log.take(), ["start held (Ended)", "end held"]);
        })
        .await;
    });
}

#[test]
fn a_scope_waits_for_tasks_whose_handles_are_dropped() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        scope(async |s| {
            let (clock, log) = (rt.clone(), log.clone());
            drop(s.spawn_on(&rt, async move {
                clock.sleep(Duration::from_millis(10)).await;
                log.add("task");
            }));
        })
        .await;
        assert_eq!((log.take(), rt.tasks()), (vec!["task".to_owned()], 0));
    });
}

#[test]
fn cancelling_the_handle_waits_for_the_cleanups_of_the_task_which_are_told_why() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        scope(async |s| {
            let task = s.spawn_on(&rt, held(&rt, &log, "held"));
            rt.idle().await;
            assert!(task.cancel().await.is_none());
            assert_eq!((now(&rt), rt.tasks()), (Duration::from_millis(5), 0));
        })
        .await;
        let reason = "Cancelled(Requested(\"its handle cancelled it\"))";
        assert_eq!(log.take(), [format!("start held ({reason})"), "end held".to_owned()]);
    });
}

#[test]
fn a_sibling_that_panics_cancels_the_task_and_the_panic_passes_on_after_its_cleanups() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let work = scope(async |s| {
            drop(s.spawn_on(&rt, held(&rt, &log, "task")));
            rt.idle().await;
            s.spawn(async { InjectedPanic::throw() }).await
        });
        assert!(InjectedPanic::is(&*AssertUnwindSafe(work).catch_unwind().await.unwrap_err()));
        assert_eq!(log.take(), ["start task (Cancelled(SiblingPanicked))", "end task"]);
        assert_eq!(rt.tasks(), 0);
    });
}

#[test]
fn a_panic_in_a_task_cancels_its_siblings_at_once_and_passes_on_after_all_cleanups() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let work = scope(async |s| {
            drop(s.spawn_on(&rt, held(&rt, &log, "sibling")));
            rt.idle().await;
            let (clock, inner) = (rt.clone(), log.clone());
            let task = s.spawn_on(&rt, async move {
                let _held = resource(&clock, &inner, "panics", 1);
                InjectedPanic::throw()
            });
            let Ok(()) = task.await else { unreachable!("the panic ends the body") };
        });
        assert!(InjectedPanic::is(&*AssertUnwindSafe(work).catch_unwind().await.unwrap_err()));
        let sibling = "start sibling (Cancelled(SiblingPanicked))";
        assert_eq!(log.take(), ["start panics (Panicking)", sibling, "end panics", "end sibling"]);
    });
}

/// Two tasks and a child that starts a third; each holds a guard across a few awaits.
async fn family(rt: &Rt, log: &Log) -> Result<u32, JoinError> {
    let work = |name: &'static str| {
        let (rt, log) = (rt.clone(), log.clone());
        async move {
            rt.yield_now().await;
            log.add("open");
            let _held = resource(&rt, &log, name, 5);
            rt.sleep(Duration::from_millis(3)).await;
            rt.yield_now().await;
            1
        }
    };
    scope(async |s| {
        let (a, b) = (s.spawn_on(rt, work("a")), s.spawn_on(rt, work("b")));
        let c = s.spawn(async { s.spawn_on(rt, work("c")).await });
        Ok(a.await? + b.await? + c.await?)
    })
    .await
}

#[test]
fn a_scope_cancelled_at_every_poll_leaves_no_task_alive_and_nothing_open() {
    let mut most = 0;
    for seed in 0..20 {
        let boundaries = every_poll(|at| {
            Sim::new(seed).run(async |rt| {
                let log = Log::default();
                let sum = scope(async |_| at.cancel(family(&rt, &log)).await).await;
                assert_eq!(sum.map(Result::unwrap), (!at.has_fired()).then_some(3));
                assert_eq!((log.count("open"), log.count("open")), (log.count("start"), log.count("end")));
                assert_eq!(rt.tasks(), 0);
            });
        });
        most = most.max(boundaries);
    }
    assert!(most > 5, "only {most} boundaries");
}

#[test]
fn a_scope_that_is_dropped_leaves_the_wait_to_the_one_around_it() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let work = scope(async |s| drop(s.spawn_on(&rt, held(&rt, &log, "held"))));
        assert!(timeout(&rt, Duration::from_millis(10), work).await.is_err());
        assert_eq!(log.take(), ["start held (Cancelled(Deadline))", "end held"]);
        assert_eq!((now(&rt), rt.tasks()), (Duration::from_millis(15), 0));
    });
}

#[test]
fn a_task_that_ends_in_the_moment_in_which_it_is_cancelled_has_its_value_cleaned_up_in_the_scope() {
    let mut late = 0;
    for seed in 0..200 {
        Sim::new(seed).run(async |rt| {
            let log = Log::default();
            let ended = scope(async |s| {
                let (clock, inner) = (rt.clone(), log.clone());
                let task = s.spawn_on(&rt, async move {
                    clock.sleep(Duration::from_millis(1)).await;
                    resource(&clock, &inner, "value", 1)
                });
                rt.sleep(Duration::from_millis(1)).await;
                task.cancel().await.map(drop).is_some()
            })
            .await;
            late += usize::from(!ended && log.count("start value") == 1);
            assert_eq!(log.count("start value"), log.count("end value"));
            assert_eq!(rt.tasks(), 0);
        });
    }
    assert!(late > 0, "no schedule had the task end between its cancel and its hearing of it");
}

#[test]
fn a_task_that_never_ends_under_cancel_is_bounded_by_the_budget_reported_and_made_to_end() {
    Sim::check(0..3, async |rt| {
        let outcome = scope(async |s| {
            let task = s.spawn_on(&rt, async {
                let _stuck = defer((), async |()| pending::<()>().await).named("stuck");
                pending::<()>().await;
            });
            rt.idle().await;
            drop(task.cancel());
        })
        .cleanup_budget(rt.clone(), Duration::from_millis(50))
        .outcome()
        .await;
        assert_eq!(now(&rt), Duration::from_millis(50));
        let [error] = &*outcome.cleanup else { panic!("{:?}", outcome.cleanup) };
        assert_eq!((error.name(), error.location().file()), ("task", file!()));
        assert!(error.kind().to_string().contains("budget"), "{error}");
        rt.idle().await;
        assert_eq!(rt.tasks(), 0, "the task has been made to end");
    });
}

#[test]
fn the_cleanup_of_a_task_that_has_ended_is_bounded_by_the_budget_too() {
    Sim::check(0..3, async |rt| {
        let outcome = scope(async |s| {
            drop(s.spawn_on(&rt, async { drop(defer((), async |()| pending::<()>().await).named("stuck")) }));
        })
        .cleanup_budget(rt.clone(), Duration::from_millis(50))
        .outcome()
        .await;
        assert_eq!(now(&rt), Duration::from_millis(50));
        assert_eq!(outcome.cleanup.iter().map(CleanupError::name).collect::<Vec<_>>(), ["task"]);
        rt.idle().await;
        assert_eq!(rt.tasks(), 0, "the task has been made to end");
    });
}

#[test]
fn the_errors_of_a_tasks_cleanups_stand_beside_the_outcome_of_its_scope() {
    Sim::check(0..50, async |rt| {
        let fails = || defer((), async |()| Err("refused")).named("fails");
        let outcome = scope(async |s| {
            let ends = s.spawn_on(&rt, async move { drop(fails()) });
            let cancelled = s.spawn_on(&rt, async move {
                let _fails = fails();
                pending::<()>().await;
            });
            rt.idle().await;
            assert!(cancelled.cancel().await.is_none());
            ends.await
        })
        .outcome()
        .await;
        assert!(outcome.value.is_ok());
        assert_eq!(outcome.cleanup.iter().map(CleanupError::name).collect::<Vec<_>>(), ["fails"; 2]);
        assert!(outcome.cleanup.iter().all(|error| error.scope().is_some_and(|(name, _)| name == "task")));
    });
}

#[test]
fn a_panic_that_comes_out_of_the_cancel_is_reported_as_that_of_a_cleanup() {
    struct Panics;

    impl Drop for Panics {
        fn drop(&mut self) {
            InjectedPanic::throw();
        }
    }

    Sim::check(0..10, async |rt| {
        let outcome = scope(async |s| {
            let task = s.spawn_on(&rt, async {
                let _panics = Panics;
                pending::<()>().await;
            });
            rt.idle().await;
            assert!(task.cancel().await.is_none());
        })
        .outcome()
        .await;
        assert_eq!(outcome.cleanup.iter().map(CleanupError::name).collect::<Vec<_>>(), ["task"]);
    });
}

#[test]
fn a_task_cancelled_before_its_first_poll_is_never_polled() {
    let shelf = Shelf::default();
    let log = Log::default();
    let mut work = ByHand::new(scope(async |s| {
        let inner = log.clone();
        s.spawn_on(&shelf, async move { inner.add("polled") }).cancel().await.is_none()
    }));
    assert!(work.poll().is_pending() || work.poll().is_pending());
    shelf.poll_all();
    assert_eq!((work.finish(), log.take(), shelf.len()), (true, vec![], 0));
}

#[test]
fn a_local_scope_awaits_and_cancels_tasks_too() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        local_scope(async |s| {
            let task = s.spawn_on(&rt, async { 7 });
            assert_eq!(task.await.unwrap(), 7);
            let task = s.spawn_on(&rt, held(&rt, &log, "held"));
            rt.idle().await;
            assert!(task.cancel().await.is_none());
            assert_eq!(log.count("end held"), 1);
        })
        .await;
        assert_eq!(rt.tasks(), 0);
    });
}

#[test]
fn a_runtime_that_drops_the_task_gives_an_error_and_the_scope_cleans_up_what_the_task_had_left() {
    let (shelf, log) = (Shelf::default(), Log::default());
    let mut work = ByHand::new(scope(async |s| {
        let inner = log.clone();
        let held = async move {
            let _held = defer(inner, async |log: Log| log.add("cleaned"));
            pending::<()>().await;
        };
        let error: JoinError = s.spawn_on(&shelf, held).await.unwrap_err();
        log.add("heard");
        error.is_panic()
    }));
    assert!(work.poll().is_pending());
    shelf.poll_all();
    assert_eq!(log.take(), [""; 0]);
    shelf.drop_all();
    assert!(work.is_woken());
    assert!(!work.finish());
    let mut lines = log.take();
    lines.sort();
    assert_eq!(lines, ["cleaned", "heard"]);
}

#[test]
fn a_runtime_that_drops_a_task_while_it_is_cancelled_leaves_the_rest_of_its_cleanups_to_the_scope() {
    let (shelf, log) = (Shelf::default(), Log::default());
    let mut work = ByHand::new(scope(async |s| {
        let inner = log.clone();
        let task = s.spawn_on(&shelf, async move {
            let _held = defer(inner, async |log: Log| {
                log.add("began");
                let mut first = true;
                poll_fn(|cx| {
                    cx.waker().wake_by_ref();
                    if core::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }
                })
                .await;
                log.add("went on");
            });
            pending::<()>().await;
        });
        poll_fn(|_| if shelf.has_been_polled() { Poll::Ready(()) } else { Poll::Pending }).await;
        task.cancel().await.is_none()
    }));
    assert!(work.poll().is_pending());
    shelf.poll_all();
    assert!(work.poll().is_pending());
    shelf.poll_all();
    assert_eq!(log.take(), ["began"]);
    shelf.drop_all();
    assert!(work.finish());
    assert_eq!(log.take(), ["went on"]);
}

#[test]
fn a_runtime_that_takes_no_more_tasks_gives_an_error() {
    let over = Sim::new(0).run(async |rt| rt);
    let ended = ByHand::new(scope(async |s| s.spawn_on(&over, async { 7 }).await)).finish();
    assert!(!ended.unwrap_err().is_panic());
}
