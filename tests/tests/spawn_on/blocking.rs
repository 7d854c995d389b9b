//! Calls that block, which belong to a scope: it waits for them, since nobody can stop them.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use core::time::Duration;
use std::sync::mpsc;

use futures::channel::oneshot;
use onpar::rt::local::block_on;
use onpar::rt::tokio_1::Tokio;
use onpar_core::JoinError;
use onpar_scope::{CleanupError, defer, local_scope, race, scope, try_scope};
use onpar_test::{ByHand, InjectedPanic, Sim, every_poll};
use onpar_tests::Log;
use tokio::runtime::Builder;
use tokio::task::yield_now;

use crate::runtimes::{Shelf, Threads};
use crate::{now, resource};

#[test]
fn calls_give_their_values_beside_each_other() {
    Sim::check(0..50, async |rt| {
        let sum = scope(async |s| {
            let (one, two) = (s.blocking(&rt, || 1), s.blocking(&rt, || 2));
            Ok::<_, JoinError>(one.await? + two.await?)
        });
        assert_eq!(sum.await.unwrap(), 3);
    });
}

#[test]
fn panic_of_a_call_is_an_error_and_its_siblings_go_on() {
    Sim::check(0..50, async |rt| {
        let outcome = scope(async |s| {
            let (panics, other) = (s.blocking(&rt, || InjectedPanic::throw()), s.spawn(async { 7 }));
            let Err(error) = panics.await;
            assert!(InjectedPanic::is(&*error.into_panic().unwrap()));
            other.await
        })
        .outcome()
        .await;
        assert_eq!((outcome.value, outcome.cleanup.len()), (7, 0));
    });
}

#[test]
fn value_with_a_guard_is_cleaned_up_in_the_scope() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        scope(async |s| {
            let (clock, inner) = (rt.clone(), log.clone());
            let _opened = s.blocking(&rt, move || resource(&clock, &inner, "opened", 5)).await.unwrap();
        })
        .await;
        assert_eq!(log.take(), ["start opened (Ended)", "end opened"]);
    });
}

#[test]
fn scope_waits_for_a_call_whose_handle_is_dropped() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        scope(async |s| {
            let log = log.clone();
            drop(s.blocking(&rt, move || log.add("call")));
        })
        .await;
        assert_eq!(log.take(), ["call"]);
    });
}

/// A call that says that it has begun, and ends when it is told to.
struct Held {
    begun: oneshot::Receiver<()>,
    ended: Arc<AtomicBool>,
    end: mpsc::Sender<()>,
}

impl Held {
    /// The call, and what to hold it by.
    fn new() -> (impl FnOnce() -> u32 + Send + 'static, Self) {
        let ((tell, begun), (end, wait)) = (oneshot::channel(), mpsc::channel());
        let ended = Arc::<AtomicBool>::default();
        let inner = Arc::clone(&ended);
        let call = move || {
            tell.send(()).expect("somebody waits for the beginning");
            wait.recv().expect("somebody tells when to end");
            inner.store(true, Ordering::SeqCst);
            7
        };
        (call, Self { begun, ended, end })
    }

    fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
}

#[test]
fn who_waits_for_a_call_leaves_at_once_and_the_scope_waits_for_it() {
    block_on(async {
        let (call, mut held) = Held::new();
        let left = scope(async |s| {
            let waiter = s.blocking(&Threads, call);
            let left = race((async { waiter.await.is_err() }, async { (&mut held.begun).await.is_ok() })).await;
            assert!(!held.has_ended(), "the race is over, the call is not");
            held.end.send(()).unwrap();
            left
        })
        .await;
        assert!(left && held.has_ended());
    });
}

#[test]
fn scope_that_fails_waits_for_a_call_that_has_begun() {
    block_on(async {
        let (call, mut held) = Held::new();
        let end = held.end.clone();
        let failed = try_scope(async |s| {
            let _call = s.spawn(async { s.blocking(&Threads, call).await.map_err(|_| "it has panicked") });
            // Told to end as the last thing before the cancel, from a cleanup: so the call is running when it is cancelled.
            let _told = defer(end, async |end: mpsc::Sender<()>| end.send(()).expect("the call waits"));
            (&mut held.begun).await.expect("the call begins");
            Err::<(), _>("no more of it")
        });
        assert_eq!(failed.await.unwrap_err().primary, "no more of it");
        assert!(held.has_ended());
    });
}

#[test]
fn call_that_has_not_begun_when_it_is_cancelled_never_does() {
    let (shelf, log) = (Shelf::default(), Log::default());
    let mut work = ByHand::new(scope(async |s| {
        let inner = log.clone();
        s.blocking(&shelf, move || inner.add("called")).cancel().await.is_none()
    }));
    assert!(work.poll().is_pending() || work.poll().is_pending());
    shelf.poll_all();
    assert_eq!((work.finish(), log.take()), (true, vec![]));
}

#[test]
fn call_that_hangs_under_cancel_is_bounded_by_the_budget_and_reported_by_its_line() {
    Sim::check(0..3, async |rt| {
        let shelf = Shelf::default();
        let mut line = 0;
        let outcome = scope(async |s| {
            line = line!() + 1;
            let call = s.blocking(&shelf, || ());
            rt.idle().await;
            drop(call.cancel());
        })
        .cleanup_budget(rt.clone(), Duration::from_millis(50))
        .outcome()
        .await;
        assert_eq!(now(&rt), Duration::from_millis(50));
        let [error] = &*outcome.cleanup else { panic!("{:?}", outcome.cleanup) };
        let place = error.location();
        assert_eq!((error.name(), place.file(), place.line()), ("blocking call", file!(), line));
        shelf.drop_all();
    });
}

#[test]
fn panic_after_the_cancel_is_reported_beside_the_outcome() {
    let (tell, begun) = oneshot::channel();
    let (end, wait) = mpsc::channel::<()>();
    let outcome = block_on(
        scope(async |s| {
            let call = s.blocking(&Threads, move || {
                tell.send(()).expect("somebody waits for the beginning");
                wait.recv().expect("somebody tells when to end");
                InjectedPanic::throw()
            });
            begun.await.expect("the call begins");
            let cancelled = s.spawn(async {
                assert!(call.cancel().await.is_none(), "it is cancelled before it ends");
            });
            // The scope cancels a child in a round of its own.
            yield_now().await;
            yield_now().await;
            end.send(()).expect("the call waits");
            cancelled.await;
        })
        .outcome(),
    );
    assert_eq!(outcome.cleanup.iter().map(CleanupError::name).collect::<Vec<_>>(), ["blocking call"]);
}

#[test]
fn runtime_that_takes_no_more_calls_gives_an_error() {
    let over = Sim::new(0).run(async |rt| rt);
    let ended = ByHand::new(scope(async |s| s.blocking(&over, || 7).await)).finish();
    assert!(!ended.unwrap_err().is_panic());
    let shelf = Shelf::default();
    let mut work = ByHand::new(scope(async |s| s.blocking(&shelf, || 7).await));
    assert!(work.poll().is_pending());
    shelf.drop_all();
    assert!(!work.finish().unwrap_err().is_panic());
}

#[test]
fn local_scope_waits_for_calls_too() {
    Sim::check(0..50, async |rt| {
        let log = Log::default();
        local_scope(async |s| {
            assert_eq!(s.blocking(&rt, || 7).await.unwrap(), 7);
            let log = log.clone();
            drop(s.blocking(&rt, move || log.add("call")));
        })
        .await;
        assert_eq!(log.take(), ["call"]);
    });
}

#[test]
fn scope_of_calls_that_is_cancelled_at_every_poll_leaves_none_alive() {
    let mut most = 0;
    for seed in 0..20 {
        let boundaries = every_poll(|at| {
            Sim::new(seed).run(async |rt| {
                let log = Log::default();
                let calls = scope(async |s| {
                    for _ in 0..3 {
                        let (clock, log) = (rt.clone(), log.clone());
                        let call = move || resource(&clock, &log, "value", 2);
                        drop(s.blocking(&rt, call).await);
                    }
                });
                scope(async |_| at.cancel(calls).await).await;
                assert_eq!(log.count("start"), log.count("end"));
                assert_eq!(rt.tasks(), 0);
            });
        });
        most = most.max(boundaries);
    }
    assert!(most > 5, "only {most} boundaries");
}

#[test]
fn thousand_calls_are_over_when_their_scope_is() {
    let runtime = Builder::new_current_thread().enable_time().build().expect("tokio starts");
    let over = Arc::<AtomicUsize>::default();
    runtime.block_on(async {
        let rt = Tokio::current().expect("it is entered");
        scope(async |s| {
            for _ in 0..1000 {
                let over = Arc::clone(&over);
                drop(s.blocking(&rt, move || over.fetch_add(1, Ordering::SeqCst)));
            }
        })
        .await;
        assert_eq!(over.load(Ordering::SeqCst), 1000);
    });
}
