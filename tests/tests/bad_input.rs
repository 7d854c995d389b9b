//! What is used wrongly, or goes wrong: each has a documented outcome, and nothing is lost in silence.
//!
//! The hook is the process's, so these tests take turns.

extern crate alloc;

use alloc::rc::Rc;
use alloc::sync::Arc;
use core::any::Any;
use core::cell::RefCell;
use core::future::pending;
use core::mem;
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use core::time::Duration;
use std::panic::catch_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use onpar_scope::{
    CleanupErrorKind, LocalReaper, Reaper, defer, guard, local_defer, local_scope, scope, set_cleanup_hook,
    take_cleanup_hook, timeout,
};
use onpar_test::{ByHand, Clock as _, Sim};
use onpar_tests::{Log, Resource};

static TURN: Mutex<()> = Mutex::new(());
static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Takes the hook for one test, and gives what it was told.
struct Told(#[expect(dead_code, reason = "held until the test ends")] MutexGuard<'static, ()>);

impl Told {
    fn here() -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        set_cleanup_hook(|error| {
            let what = match error.kind() {
                CleanupErrorKind::Failed(error) => format!("failed: {error}"),
                CleanupErrorKind::Panicked(words) => format!("panicked: {words}"),
                CleanupErrorKind::TimedOut => "timed out".to_owned(),
                CleanupErrorKind::Leaked => "leaked".to_owned(),
                _ => "other".to_owned(),
            };
            TOLD.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{} {what}", error.name()));
        });
        let told = Self(turn);
        told.take();
        told
    }

    #[expect(clippy::unused_self, reason = "only whoever has the hook may ask what it was told")]
    fn take(&self) -> Vec<String> {
        mem::take(&mut *TOLD.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// For leaks, which come in no particular order.
    fn take_sorted(&self) -> Vec<String> {
        let mut told = self.take();
        told.sort();
        told
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        take_cleanup_hook();
    }
}

/// A task that is aborted: polled once, and dropped where it stands.
fn abort(root: impl Future<Output = ()>) {
    let mut root = ByHand::new(root);
    assert!(root.poll().is_pending());
}

#[test]
fn a_guard_dropped_outside_every_scope_is_told_to_the_hook_with_its_name_and_its_value_is_dropped() {
    let told = Told::here();
    let value = Arc::new(());
    drop(defer(value.clone(), async |_| ()).named("connection"));
    assert_eq!(told.take(), ["connection leaked"]);
    assert_eq!(Arc::strong_count(&value), 1);
}

#[test]
fn a_leak_names_the_line_where_the_guard_was_made_and_says_what_to_do() {
    static MESSAGE: Mutex<String> = Mutex::new(String::new());
    let _told = Told::here();
    set_cleanup_hook(|error| *MESSAGE.lock().unwrap() = error.to_string());
    drop(defer((), async |()| ()));
    let message = MESSAGE.lock().unwrap().clone();
    assert!(message.contains(&format!("bad_input.rs:{}", line!() - 2)), "{message}");
    assert!(message.contains("scope(async |s| ..)") && message.contains("Reaper"), "{message}");
}

#[test]
fn a_hook_that_panics_is_not_the_end() {
    let _told = Told::here();
    set_cleanup_hook(|_| panic!("the hook panics"));
    drop(defer((), async |()| ()));
}

#[test]
fn a_hook_that_is_taken_away_is_told_nothing_more() {
    let told = Told::here();
    let hook = take_cleanup_hook().unwrap();
    drop(defer((), async |()| ()).named("nobody's")); // written to standard error
    assert!(take_cleanup_hook().is_none());
    assert!(set_cleanup_hook(hook).is_none());
    drop(defer((), async |()| ()).named("connection"));
    assert_eq!(told.take(), ["connection leaked"]);
}

#[test]
fn a_cleanup_that_fails_is_told_to_the_hook_and_the_value_is_kept() {
    let told = Told::here();
    let value = ByHand::new(scope(async |_| {
        let _guard = defer((), async |()| Err("refused")).named("connection");
        42
    }))
    .finish();
    assert_eq!((value, told.take()), (42, vec!["connection failed: refused".to_owned()]));
}

#[test]
fn a_second_panic_in_a_cleanup_is_told_beside_the_first_and_does_not_abort() {
    fn explode() {
        panic!("second");
    }
    let told = Told::here();
    let log = Log::default();
    let outer = scope(async |_| {
        let inner = scope(async |_| {
            let _a = defer(log.clone(), async |log| log.add("a is cleaned"));
            let _b = defer((), async |()| explode()).named("b");
            panic!("first");
        });
        futures::FutureExt::catch_unwind(AssertUnwindSafe(inner)).await.unwrap_err()
    });
    let payload = ByHand::new(outer).finish();
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"first"));
    assert_eq!((told.take(), log.take()), (vec!["b panicked: second".to_owned()], vec!["a is cleaned".to_owned()]));
}

#[test]
fn a_cleanup_that_fails_after_the_outcome_was_given_up_is_told_to_the_hook() {
    let told = Told::here();
    let (refuse, refused) = futures::channel::oneshot::channel::<()>();
    let mut outer = ByHand::new(scope(async |_| {
        let inner = scope(async |_| {
            let _late = defer(refused, async |refused| refused.await.map_err(|_| "refused")).named("late");
            let _early = defer((), async |()| Err("refused")).named("early");
        });
        abort(async {
            let _nobody_asks = inner.outcome().await;
        });
    }));
    assert!(outer.poll().is_pending());
    assert_eq!(told.take(), ["early failed: refused"]);
    drop(refuse);
    outer.finish();
    assert_eq!(told.take(), ["late failed: refused"]);
}

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

#[test]
fn an_aborted_root_leaks_by_name_exactly_what_was_open_and_what_was_being_cleaned() {
    let told = Told::here();
    abort(scope(async |_| {
        let _a = defer((), async |()| ()).named("a");
        scope(async |_| {
            let _b = defer((), async |()| ()).named("b");
            pending::<()>().await;
        })
        .await;
    }));
    assert_eq!(told.take_sorted(), ["a leaked", "b leaked"]);
    abort(scope(async |_| {
        let _waits = defer((), async |()| ()).named("waits");
        let _runs = defer((), async |()| pending::<()>().await).named("runs");
    }));
    assert_eq!(told.take_sorted(), ["runs leaked", "waits leaked"]);
}

#[test]
fn a_registered_reaper_cleans_up_what_an_aborted_root_leaves() {
    let told = Told::here();
    let log = Log::default();
    let (reaper, work) = Reaper::new();
    reaper.register();
    abort(scope(async |_| {
        let _a = defer(log.clone(), async |log| log.add("a"));
        let _b = defer(log.clone(), async |log| log.add("b"));
        pending::<()>().await;
    }));
    drop(defer(log.clone(), async |log| log.add("outside")));
    assert_eq!(log.take(), [""; 0]);
    reaper.shut_down();
    ByHand::new(work).finish();
    assert_eq!(log.take(), ["b", "a", "outside"]);
    drop(defer(log, async |_| ()).named("after"));
    assert_eq!(told.take(), ["after leaked"]);
}

#[test]
fn a_reaper_that_replaces_another_gets_what_comes_after_and_the_other_keeps_what_it_had() {
    let told = Told::here();
    let log = Log::default();
    let ((first, firsts), (second, seconds)) = (Reaper::new(), Reaper::new());
    first.register();
    drop(defer(log.clone(), async |log| log.add("before")));
    second.register();
    drop(defer(log.clone(), async |log| log.add("after")));
    second.shut_down();
    ByHand::new(seconds).finish();
    assert_eq!(log.take(), ["after"]);
    // The first is not registered again for that.
    drop(defer(log.clone(), async |log| log.add("late")).named("late"));
    assert_eq!(told.take(), ["late leaked"]);
    first.shut_down();
    ByHand::new(firsts).finish();
    assert_eq!(log.take(), ["before"]);
}

#[test]
fn a_reaper_that_is_not_the_registered_one_leaves_that_one_registered_when_it_shuts_down() {
    let told = Told::here();
    let log = Log::default();
    let ((other, others), (registered, work)) = (Reaper::new(), Reaper::new());
    registered.register();
    other.shut_down();
    ByHand::new(others).finish();
    drop(defer(log.clone(), async |log| log.add("cleaned")));
    registered.shut_down();
    ByHand::new(work).finish();
    assert_eq!((told.take(), log.take()), (vec![], vec!["cleaned".to_owned()]));
}

#[test]
fn a_guard_dropped_by_a_thread_local_destructor_leaks_by_name_or_goes_to_the_open_scope_that_made_it() {
    thread_local! {
        static KEPT: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
    }
    let told = Told::here();
    let keep = || KEPT.with_borrow_mut(|kept| kept.push(Box::new(defer((), async |()| ()).named("kept"))));
    thread::spawn(keep).join().unwrap();
    assert_eq!(told.take(), ["kept leaked"]);

    let log = Log::default();
    ByHand::new(scope(async |_| {
        let guard = defer(log.clone(), async |log| log.add("cleaned"));
        thread::spawn(move || KEPT.with_borrow_mut(|kept| kept.push(Box::new(guard)))).join().unwrap();
    }))
    .finish();
    assert_eq!((told.take(), log.take()), (vec![], vec!["cleaned".to_owned()]));
}

#[test]
fn a_guard_dropped_on_a_foreign_thread_goes_to_the_open_scope_that_made_it_and_wakes_it() {
    let told = Told::here();
    let (give, given) = std::sync::mpsc::channel();
    let (clean, cleaned) = futures::channel::oneshot::channel::<()>();
    let mut work = ByHand::new(scope(async |_| {
        give.send(defer(clean, async |clean| clean.send(()).unwrap())).unwrap();
        // Nothing but that thread's drop can wake the scope, and nothing but the cleanup the body.
        cleaned.await
    }));
    assert!(work.poll().is_pending());
    let guard = given.recv().unwrap();
    assert!(!work.is_woken());
    thread::spawn(|| drop(guard)).join().unwrap();
    // It is polled by hand, and only when it is woken: it fails where an executor would hang.
    assert!(work.is_woken());
    assert_eq!(work.finish(), Ok(()));
    assert_eq!(told.take(), [""; 0]);
}

#[test]
fn a_scope_polled_after_its_end_panics_with_words_and_loses_nothing() {
    let mut task = ByHand::new(scope(async |_| 42));
    assert_eq!(task.poll(), Poll::Ready(42));
    let payload = catch_unwind(AssertUnwindSafe(|| task.poll())).unwrap_err();
    assert!(payload.downcast_ref::<&str>().is_some_and(|words| words.contains("after it had given its result")));
}

#[test]
fn local_cleanups_go_past_a_scope_that_is_not_local() {
    let told = Told::here();
    let log = Log::default();
    let local = local_scope(async |_| {
        scope(async |_| {
            let name = Rc::new("widget");
            drop(local_defer((name, log.clone()), async |(name, log)| log.add(*name)));
        })
        .await;
        log.add("the inner scope has ended");
    });
    ByHand::new(local).finish();
    assert_eq!(told.take(), [""; 0]);
    assert_eq!(log.take(), ["the inner scope has ended", "widget"]);
}

#[test]
fn a_local_guard_without_a_local_scope_goes_to_the_local_reaper_or_leaks() {
    let told = Told::here();
    let log = Log::default();
    let guard = || local_defer(Rc::new(log.clone()), async |log| log.add("cleaned")).named("widget");
    ByHand::new(scope(async |_| drop(guard()))).finish();
    assert_eq!((told.take(), log.take()), (vec!["widget leaked".to_owned()], vec![]));

    let (reaper, work) = LocalReaper::new();
    reaper.register();
    ByHand::new(scope(async |_| drop(guard()))).finish();
    abort(local_scope(async |_| {
        let _widget = guard();
        pending::<()>().await;
    }));
    reaper.shut_down();
    ByHand::new(work).finish();
    assert_eq!((told.take(), log.take()), (vec![], vec!["cleaned".to_owned(); 2]));
}

/// A clock of its thread, which notes where it is dropped.
#[derive(Clone)]
struct LocalClock(#[expect(dead_code, reason = "dropped with the clock, and that is what is tested")] Rc<DroppedHere>);

struct DroppedHere(thread::ThreadId);

impl Drop for DroppedHere {
    fn drop(&mut self) {
        assert_eq!(self.0, thread::current().id());
    }
}

impl onpar_test::Clock for LocalClock {
    type Sleep = core::future::Pending<()>;

    fn now(&self) -> onpar_test::Instant {
        onpar_test::Instant::ORIGIN
    }

    fn sleep_until(&self, _: onpar_test::Instant) -> Self::Sleep {
        pending()
    }

    fn reset(&self, _: core::pin::Pin<&mut Self::Sleep>, _: onpar_test::Instant) {}
}

#[test]
fn the_clock_of_a_local_scope_stays_on_its_thread_whoever_keeps_a_guard_of_that_scope() {
    let (send, receive) = std::sync::mpsc::channel();
    let clock = LocalClock(Rc::new(DroppedHere(thread::current().id())));
    let scope = local_scope(async move |_| {
        send.send(defer((), async |()| ())).unwrap();
        pending::<()>().await;
    });
    let mut work = ByHand::new(scope.cleanup_budget(clock, Duration::from_secs(1)));
    assert!(work.poll().is_pending());
    let guard = receive.recv().unwrap();
    drop(work);
    let told = Told::here();
    thread::spawn(move || drop(guard.named("kept"))).join().unwrap();
    assert_eq!(told.take(), ["kept leaked"]);
}

#[test]
fn a_reaper_whose_work_is_dropped_tells_what_it_had_and_gets_nothing_more() {
    let told = Told::here();
    let (reaper, work) = Reaper::new();
    reaper.register();
    drop(defer((), async |()| ()).named("before"));
    assert_eq!(told.take(), [""; 0]);
    drop(work);
    assert_eq!(told.take(), ["before leaked"]);
    drop(defer((), async |()| ()).named("after"));
    assert_eq!(told.take(), ["after leaked"]);

    let (local, work) = LocalReaper::new();
    local.register();
    drop(local_defer((), async |()| ()).named("before"));
    drop(work);
    drop(local_defer((), async |()| ()).named("after"));
    assert_eq!(told.take(), ["before leaked", "after leaked"]);
}

#[test]
fn a_bracket_whose_body_panics_as_it_is_dropped_releases_all_the_same() {
    struct PanicsOnDrop;

    impl Drop for PanicsOnDrop {
        fn drop(&mut self) {
            onpar_test::InjectedPanic::throw();
        }
    }

    let log = Log::default();
    let released = log.clone();
    let work = scope(async |_| {
        let mut bracket = Box::pin(onpar_scope::using(
            core::future::ready(Ok::<_, core::convert::Infallible>(7)),
            async |_| {
                let _panics = PanicsOnDrop;
                pending::<()>().await;
            },
            async move |_, reason| released.add(format!("released {reason:?}")),
        ));
        assert!(futures::poll!(bracket.as_mut()).is_pending());
        catch_unwind(AssertUnwindSafe(|| drop(bracket))).is_err()
    });
    assert!(ByHand::new(work).finish());
    assert_eq!(log.take(), ["released Panicking"]);
}

#[test]
fn a_wait_that_is_dropped_leaves_no_waker_behind() {
    let value = Arc::new(());
    ByHand::new(scope(async |s| {
        drop(defer((), async |()| pending::<()>().await));
        for _ in 0..1000 {
            let waker = futures::task::waker(Arc::new(Keeps(value.clone())));
            let mut settled = Box::pin(s.settled());
            assert!(settled.as_mut().poll(&mut core::task::Context::from_waker(&waker)).is_pending());
        }
        assert_eq!(Arc::strong_count(&value), 1);
    }))
    .poll_with(|scope, cx| assert!(scope.poll(cx).is_pending()));
}

struct Keeps(#[expect(dead_code, reason = "kept by the waker, and that is what is counted")] Arc<()>);

impl futures::task::ArcWake for Keeps {
    fn wake_by_ref(_: &Arc<Self>) {}
}
