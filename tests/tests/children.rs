//! Children: they borrow, they run beside the body, they never outlive their scope, and their panics and cancels clean up.

use core::future::pending;
use core::panic::AssertUnwindSafe;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;

use futures::FutureExt as _;
use onpar_scope::{defer, guard, local_scope, scope, timeout};
use onpar_test::{ByHand, Clock as _, InjectedPanic, ProbeLog, Rt, Sim, Trigger, every_poll};
use onpar_tests::{Log, Resource};

async fn millis(rt: &Rt, millis: u64) {
    rt.sleep(Duration::from_millis(millis)).await;
}

#[test]
fn children_borrow_and_run_beside_the_body_and_each_other() {
    Sim::check(0..50, async |rt| {
        let words = [String::from("one"), String::from("three")];
        let start = rt.now();
        let lengths = scope(async |s| {
            let children = words.each_ref().map(|word| {
                s.spawn(async {
                    millis(&rt, 10).await;
                    word.len()
                })
            });
            millis(&rt, 10).await;
            let [first, second] = children;
            (first.await, second.await)
        })
        .await;
        assert_eq!((lengths, rt.now() - start), ((3, 5), Duration::from_millis(10)));
    });
}

#[test]
fn the_scope_waits_for_children_whose_handles_are_dropped_and_for_those_that_they_spawn() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        scope(async |s| {
            drop(s.spawn(async {
                millis(&rt, 1).await;
                drop(s.spawn(async {
                    millis(&rt, 1).await;
                    log.add("grandchild");
                }));
                log.add("child");
            }));
            log.add("body");
        })
        .await;
        log.add("scope");
        assert_eq!(log.take(), ["body", "child", "grandchild", "scope"]);
    });
}

#[test]
fn a_handle_hears_of_its_child_when_the_childs_cleanups_have_ended_and_of_no_others() {
    Sim::check(0..50, async |rt| {
        let resource = |name, millis, log: &Log| guard(Resource { name, millis, log: log.clone(), clock: rt.clone() });
        let log = Log::default();
        scope(async |s| {
            drop(resource("slow", 100, &log));
            let child = s.spawn(async {
                let _quick = resource("quick", 5, &log);
                7
            });
            assert_eq!(child.await, 7);
            log.add(format!("child at {:?}", rt.now()));
        })
        .await;
        let lines = log.take();
        assert!(lines.ends_with(&["end quick".into(), "child at Instant(5ms)".into(), "end slow".into()]), "{lines:?}");
    });
}

#[test]
fn an_output_that_nobody_takes_is_dropped_within_the_scope_which_cleans_it_up() {
    let log = Log::default();
    let opened = || defer(log.clone(), async |log| log.add("cleaned"));
    ByHand::new(scope(async |s| {
        drop(s.spawn(async { opened() }));
        let trigger = Trigger::never();
        let late = s.spawn(async { opened() });
        trigger.pending_once().await;
        trigger.pending_once().await;
        drop(late);
    }))
    .finish();
    assert_eq!(log.take(), ["cleaned"; 2]);
}

#[test]
fn a_child_that_panics_cancels_and_cleans_its_siblings_and_the_panic_passes_on_once() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let resource = |name| guard(Resource { name, millis: 5, log: log.clone(), clock: rt.clone() });
        let work = scope(async |s| {
            let _body = resource("body");
            drop(s.spawn(async {
                let _sibling = resource("sibling");
                pending::<()>().await;
            }));
            drop(s.spawn(async {
                let _panics = resource("panics");
                millis(&rt, 1).await;
                InjectedPanic::throw();
            }));
            pending::<()>().await;
        });
        let payload = AssertUnwindSafe(work).catch_unwind().await.unwrap_err();
        assert!(InjectedPanic::is(&*payload));
        let mut lines = log.take();
        lines.sort();
        let sibling = "(Cancelled(SiblingPanicked))";
        let expected = [
            "end body",
            "end panics",
            "end sibling",
            &format!("start body {sibling}"),
            "start panics (Panicking)",
            &format!("start sibling {sibling}"),
        ];
        assert_eq!(lines, expected);
    });
}

#[test]
fn a_child_that_panics_in_its_first_poll_while_its_siblings_are_pending_does_not_hang() {
    let work = scope(async |s| {
        drop(s.spawn(pending::<()>()));
        drop(s.spawn(async { InjectedPanic::throw() }));
        drop(s.spawn(pending::<()>()));
    });
    let payload = std::panic::catch_unwind(AssertUnwindSafe(|| ByHand::new(work).finish())).unwrap_err();
    assert!(InjectedPanic::is(&*payload));
}

#[test]
fn cancelling_a_child_waits_for_its_cleanups_and_for_no_others() {
    Sim::check(0..50, async |rt| {
        let resource = |name, millis, log: &Log| guard(Resource { name, millis, log: log.clone(), clock: rt.clone() });
        let log = Log::default();
        scope(async |s| {
            drop(resource("slow", 100, &log));
            let child = s.spawn(async {
                let _held = resource("held", 5, &log);
                pending::<u32>().await
            });
            let done = s.spawn(async { 7 });
            millis(&rt, 1).await;
            assert_eq!(child.cancel().await, None);
            assert_eq!((rt.now() - onpar_test::Instant::ORIGIN, log.count("end held")), (Duration::from_millis(6), 1));
            assert_eq!(done.cancel().await, Some(7));
        })
        .await;
        assert_eq!(rt.now() - onpar_test::Instant::ORIGIN, Duration::from_millis(100));
    });
}

#[test]
fn a_child_cancelled_before_its_first_poll_is_never_polled() {
    let log = ProbeLog::new();
    let work = scope(async |s| {
        let (first, second) = (s.spawn(log.probe(pending::<()>())), s.spawn(async { 7 }));
        (first.cancel().await, second.await)
    });
    assert_eq!(ByHand::new(work).finish(), (None, 7));
    assert_eq!(log.polls(), 0);
}

/// Counts whoever is alive.
struct Alive<'a>(&'a AtomicUsize);

impl<'a> Alive<'a> {
    fn new(alive: &'a AtomicUsize) -> Self {
        alive.fetch_add(1, Ordering::Relaxed);
        Self(alive)
    }
}

impl Drop for Alive<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Three children with two guards each, one of them opened by a grandchild.
async fn family(log: &Log, trigger: &Trigger, alive: &AtomicUsize) -> u32 {
    let open = |name: &'static str| {
        log.add(format!("open {name}"));
        defer((log.clone(), trigger.clone()), async move |(log, trigger): (Log, Trigger)| {
            log.add(format!("start {name}"));
            trigger.pending_once().await;
            log.add(format!("end {name}"));
        })
    };
    let child = async |names: [&'static str; 2]| {
        let _alive = Alive::new(alive);
        let _first = open(names[0]);
        trigger.pending_once().await;
        let _second = open(names[1]);
        trigger.pending_once().await;
        1
    };
    scope(async |s| {
        let (a, b) = (s.spawn(child(["a", "b"])), s.spawn(child(["c", "d"])));
        let nested = s.spawn(async { s.spawn(child(["e", "f"])).await });
        a.await + b.await + nested.await
    })
    .await
}

fn assert_all_clean(log: &Log) {
    let lines = log.take();
    let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("open"), count("open")), (count("start"), count("end")), "{lines:?}");
}

#[test]
fn a_family_is_cancelled_at_every_poll_and_nothing_is_lost() {
    let boundaries = every_poll(|at| {
        let (log, trigger, alive) = (Log::default(), Trigger::never(), AtomicUsize::new(0));
        // All that has been cancelled is gone when its cleanups have ended, and nobody wakes it: by hand, it would hang.
        let sum = ByHand::new(scope(async |s| {
            let sum = at.cancel(family(&log, &trigger, &alive)).await;
            s.settled().await;
            assert_eq!(alive.load(Ordering::Relaxed), 0);
            sum
        }))
        .finish();
        assert_eq!(sum, (!at.has_fired()).then_some(3));
        assert_all_clean(&log);
    });
    assert_eq!(boundaries, 5);
}

#[test]
fn a_panic_at_every_point_of_a_family_skips_no_cleanup_but_the_one_that_panics() {
    let boundaries = every_poll(|at| {
        let (log, trigger, alive) = (Log::default(), at.panic_trigger(), AtomicUsize::new(0));
        let sum = at.catch(|| ByHand::new(scope(async |_| family(&log, &trigger, &alive).await).outcome()).finish());
        assert_eq!(alive.load(Ordering::Relaxed), 0);
        let in_a_cleanup = log.count("start") - log.count("end");
        assert_eq!(log.count("open"), log.count("start"));
        match sum {
            None => assert_eq!(in_a_cleanup, 0),
            Some(outcome) => assert_eq!((outcome.value, in_a_cleanup), (3, usize::from(at.has_fired()))),
        }
    });
    assert!(boundaries > 10, "only {boundaries} boundaries");
}

#[test]
fn only_the_woken_child_among_ten_thousand_is_polled_and_within_one_poll_of_its_scope() {
    let (log, idle, told) = (ProbeLog::new(), ProbeLog::new(), core::cell::Cell::new(false));
    let (wake, woken) = futures::channel::oneshot::channel::<()>();
    let mut work = ByHand::new(log.owner(scope(async |s| {
        for _ in 0..10_000 {
            drop(s.spawn(idle.probe(pending::<()>())));
        }
        assert!(s.spawn(log.probe(woken)).await.is_ok());
        told.set(true);
    })));
    while work.poll().is_pending() && work.is_woken() {}
    assert_eq!((idle.polls(), log.polls()), (10_000, 1));
    wake.send(()).unwrap();
    assert!(work.is_woken());
    // The body hears of it in the same poll.
    assert!(work.poll().is_pending() && told.get());
    assert_eq!((idle.polls(), log.polls(), log.longest().owner_polls), (10_000, 2, 0));
}

#[test]
fn a_child_that_is_always_ready_starves_neither_its_siblings_nor_the_body_nor_the_executor() {
    let turns = core::cell::Cell::new(0_u32);
    let trigger = Trigger::never();
    let work = local_scope(async |s| {
        drop(s.spawn(async {
            loop {
                turns.set(turns.get() + 1);
                trigger.pending_once().await;
            }
        }));
        let siblings = (0..999).map(|_| s.spawn(async { trigger.pending_once().await })).collect::<Vec<_>>();
        for sibling in siblings {
            sibling.await;
        }
        panic!("the body ends, and the scope with it, because one of its children never does");
    });
    let mut work = ByHand::new(work);
    let ended = std::panic::catch_unwind(AssertUnwindSafe(|| (0..10_000).any(|_| work.poll().is_ready())));
    assert!(ended.is_err(), "the body never got there");
    assert!(turns.get() < 100, "{} turns for one child, while 999 had two each", turns.get());
}

#[test]
fn a_timeout_over_a_scope_with_children_cleans_them_up_before_it_returns() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        let work = scope(async |s| {
            drop(s.spawn(async {
                let _held = guard(Resource { name: "held", millis: 5, log: log.clone(), clock: rt.clone() });
                pending::<()>().await;
            }));
        });
        assert!(timeout(&rt, Duration::from_millis(10), work).await.is_err());
        assert_eq!(log.take(), ["start held (Cancelled(Deadline))", "end held"]);
    });
}

#[test]
fn a_child_of_a_scope_that_is_forgotten_is_leaked_and_does_no_harm() {
    let mut work = ByHand::new(scope(async |s| s.spawn(pending::<()>()).await));
    assert!(work.poll().is_pending());
    core::mem::forget(work);
}
