//! Cleanups that do not end in time.

use core::future::pending;
use core::time::Duration;

use onpar_scope::{defer, guard, scope, timeout};
use onpar_test::{Clock as _, Sim};
use onpar_tests::{Log, Resource};

use crate::told::Told;

#[test]
fn a_cleanup_that_never_ends_is_dropped_at_the_end_of_the_budget_and_the_others_have_run() {
    let told = Told::here();
    let log = Log::default();
    let elapsed = Sim::from_env().run(async |rt| {
        let start = rt.now();
        scope(async |_| {
            let _a = guard(Resource { name: "a", millis: 5, log: log.clone(), clock: rt.clone() });
            let _stuck = defer((), async |()| pending::<()>().await).named("stuck");
            let _c = guard(Resource { name: "c", millis: 5, log: log.clone(), clock: rt.clone() });
        })
        .cleanup_budget(rt.clone(), Duration::from_millis(50))
        .await;
        rt.now() - start
    });
    assert_eq!(elapsed, Duration::from_millis(50));
    assert_eq!(told.take(), ["stuck timed out"]);
    assert_eq!(log.take(), ["start c (Ended)", "end c", "start a (Ended)", "end a"]);
}

#[test]
fn the_cleanups_of_children_that_have_ended_or_were_cancelled_are_bounded_by_the_budget_too() {
    let told = Told::here();
    let elapsed = Sim::from_env().run(async |rt| {
        let stuck = |name| defer((), async |()| pending::<()>().await).named(name);
        let start = rt.now();
        scope(async |s| {
            drop(s.spawn(async { drop(stuck("ended")) }));
            let cancelled = s.spawn(async {
                let _stuck = stuck("cancelled");
                pending::<()>().await;
            });
            rt.yield_now().await;
            drop(cancelled.cancel());
        })
        .cleanup_budget(rt.clone(), Duration::from_millis(50))
        .await;
        rt.now() - start
    });
    assert_eq!(elapsed, Duration::from_millis(50));
    assert_eq!(told.take_sorted(), ["cancelled timed out", "ended timed out"]);
}

#[test]
fn what_a_task_has_left_when_its_scope_gives_it_up_is_told_to_the_hook_by_name() {
    let told = Told::here();
    Sim::from_env().run(async |rt| {
        scope(async |s| {
            drop(s.spawn_on(&rt, async { drop(defer((), async |()| pending::<()>().await).named("stuck")) }));
        })
        .cleanup_budget(rt.clone(), Duration::from_millis(50))
        .await;
        assert_eq!(told.take(), ["task timed out"]);
        rt.idle().await;
        assert_eq!((told.take(), rt.tasks()), (vec!["stuck timed out".to_owned()], 0));
    });
}

#[test]
fn many_cleanups_that_never_end_do_not_keep_one_that_would_from_running() {
    let told = Told::here();
    let log = Log::default();
    Sim::from_env().run(async |rt| {
        scope(async |_| {
            let _a = guard(Resource { name: "a", millis: 1, log: log.clone(), clock: rt.clone() });
            let _stuck = [(); 4].map(|()| defer((), async |()| pending::<()>().await).named("stuck"));
        })
        .cleanup_budget(rt.clone(), Duration::from_secs(1))
        .await;
    });
    assert_eq!(told.take(), ["stuck timed out"; 4]);
    assert_eq!(log.take(), ["start a (Ended)", "end a"]);
}

#[test]
fn a_budget_without_end_keeps_the_order() {
    let told = Told::here();
    let log = Log::default();
    Sim::from_env().run(async |rt| {
        scope(async |_| {
            let _a = guard(Resource { name: "a", millis: 5, log: log.clone(), clock: rt.clone() });
            let _b = guard(Resource { name: "b", millis: 5, log: log.clone(), clock: rt.clone() });
        })
        .cleanup_budget(rt.clone(), Duration::MAX)
        .await;
    });
    assert_eq!(told.take(), [""; 0]);
    assert_eq!(log.take(), ["start b (Ended)", "end b", "start a (Ended)", "end a"]);
}

#[test]
fn a_budget_that_suffices_keeps_the_order() {
    let told = Told::here();
    let log = Log::default();
    Sim::from_env().run(async |rt| {
        scope(async |_| {
            let _a = guard(Resource { name: "a", millis: 20, log: log.clone(), clock: rt.clone() });
            let _b = guard(Resource { name: "b", millis: 20, log: log.clone(), clock: rt.clone() });
        })
        .cleanup_budget(rt.clone(), Duration::from_millis(80))
        .await;
    });
    assert_eq!(told.take(), [""; 0]);
    assert_eq!(log.take(), ["start b (Ended)", "end b", "start a (Ended)", "end a"]);
}

#[test]
fn a_budget_of_zero_polls_each_cleanup_once() {
    let told = Told::here();
    let log = Log::default();
    let elapsed = Sim::from_env().run(async |rt| {
        let start = rt.now();
        scope(async |_| {
            let _slow = guard(Resource { name: "slow", millis: 1, log: log.clone(), clock: rt.clone() }).named("slow");
            let _quick = defer(log.clone(), async |log| log.add("quick")).named("quick");
        })
        .cleanup_budget(rt.clone(), Duration::ZERO)
        .await;
        rt.now() - start
    });
    assert_eq!((elapsed, told.take()), (Duration::ZERO, vec!["slow timed out".to_owned()]));
    assert_eq!(log.take(), ["quick", "start slow (Ended)"]);
}

#[test]
fn a_cleanup_that_opens_guards_for_ever_is_stopped_by_the_budget() {
    fn endless() -> impl Sized + Send {
        defer((), async |()| {
            let _next: Box<dyn Send> = Box::new(endless());
        })
        .named("endless")
    }
    let told = Told::here();
    Sim::from_env().step_limit(10_000).run(async |rt| {
        let work = scope(async |_| {
            let clock = rt.clone();
            let _ticks = defer((), async move |()| clock.sleep(Duration::from_millis(1)).await);
            let _endless = endless();
        });
        work.cleanup_budget(rt.clone(), Duration::ZERO).await;
    });
    let told = told.take();
    assert!(told.contains(&"endless timed out".to_owned()), "{told:?}");
}

#[test]
fn a_dropped_scope_takes_its_budget_along() {
    let told = Told::here();
    let elapsed = Sim::from_env().run(async |rt| {
        let start = rt.now();
        scope(async |_| {
            let inner = scope(async |_| {
                let _stuck = defer((), async |()| pending::<()>().await).named("stuck");
                pending::<()>().await;
            });
            let inner = inner.cleanup_budget(rt.clone(), Duration::from_millis(50));
            let _ = timeout(&rt, Duration::from_millis(10), inner).await;
        })
        .await;
        rt.now() - start
    });
    assert_eq!((elapsed, told.take()), (Duration::from_millis(60), vec!["stuck timed out".to_owned()]));
}
