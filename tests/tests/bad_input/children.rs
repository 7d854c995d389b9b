//! Children that panic, never end, or are dropped with their scope on another thread.

use core::convert::Infallible;
use core::future::{Ready, pending, poll_fn};
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::panic::catch_unwind;
use std::sync::Mutex;

use futures::FutureExt as _;
use onpar_core::Clock as _;
use onpar_scope::{CleanupErrorKind, Scope, defer, scope, try_scope};
use onpar_test::{ByHand, InjectedPanic, Sim};
use onpar_tests::Log;

use crate::told::Told;

#[test]
fn the_report_of_a_panic_names_the_child() {
    let told = Told::here();
    Sim::new(1).run(async |rt| {
        let work = scope(async |s| {
            drop(s.spawn_named("fetch", async {
                rt.sleep(Duration::from_millis(1)).await;
                panic!("out of luck");
            }));
            pending::<()>().await;
        });
        let payload = AssertUnwindSafe(work).catch_unwind().await.unwrap_err();
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"out of luck"));
    });
    assert_eq!(told.take(), ["fetch the child panicked: out of luck"]);
}

#[test]
fn what_a_child_leaves_that_never_ends_is_bounded_by_the_budget_and_named() {
    Sim::check(0..20, async |rt| {
        let start = rt.now();
        let work = try_scope::<_, _, (), _>(async |s| {
            drop(s.spawn_named("stubborn", async {
                let _never = defer((), async |()| pending::<()>().await).named("never closes");
                pending::<Result<(), _>>().await
            }));
            rt.sleep(Duration::from_millis(1)).await;
            Err("cancelled")
        });
        let failure = work.cleanup_budget(rt.clone(), Duration::from_millis(50)).await.unwrap_err();
        assert_eq!((failure.primary, rt.now() - start), ("cancelled", Duration::from_millis(51)));
        let errors: Vec<_> = failure.cleanup.iter().map(|error| (error.name(), error.kind())).collect();
        assert!(matches!(errors[..], [("never closes", CleanupErrorKind::TimedOut)]), "{errors:?}");
    });
}

#[test]
fn a_scope_with_children_that_is_dropped_on_another_thread_is_cleaned_up_there() {
    let log = Log::default();
    let open = |name: &'static str| defer(log.clone(), async move |log| log.add(name));
    let mut work: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(scope(async |s| {
        let _body = open("body");
        for name in ["one", "two"] {
            drop(s.spawn_with(name, async |name| {
                let _held = open(name);
                pending::<()>().await;
            }));
        }
        pending::<()>().await;
    }));
    assert!(work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    std::thread::scope(|threads| {
        threads.spawn(|| {
            ByHand::new(scope(async |_| drop(work))).finish();
        });
    });
    let mut lines = log.take();
    lines.sort();
    assert_eq!(lines, ["body", "one", "two"]);
}

#[test]
fn a_loop_that_polls_by_itself_within_a_poll_gets_on() {
    // A scope gives its thread back now and then; whoever polls it in a loop, and so never leaves the poll, gets on all the
    // same.
    let mut passed = 0;
    ByHand::new(scope(async |_| {
        let many = async {
            for _ in 0..1000 {
                scope(async |_| {}).await;
                passed += 1;
            }
        };
        ByHand::new(many).finish();
    }))
    .finish();
    assert_eq!(passed, 1000);
}

#[test]
fn many_scopes_that_wait_and_are_polled_one_by_one_do_not_wake_their_task_for_ever() {
    Sim::check(0..5, async |rt| {
        let rt = &rt;
        scope(async |_| {
            let waits = (0..100).map(|_| Box::pin(scope(async |_| rt.sleep(Duration::from_secs(1)).await)));
            let mut waits: Vec<_> = waits.collect();
            poll_fn(|cx| {
                waits.retain_mut(|wait| wait.as_mut().poll(cx).is_pending());
                if waits.is_empty() { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        })
        .await;
    });
}

#[test]
fn the_children_of_a_body_that_panics_before_it_is_polled_are_dropped_and_cleaned_up_after() {
    static LOG: Mutex<Option<Log>> = Mutex::new(None);

    fn spawns_and_panics<'s>(s: &'s Scope<'s, 'static>) -> Ready<()> {
        let log = LOG.lock().expect("nobody panics").take().expect("it was put there");
        let open = defer(log, async |log| {
            log.add("cleaned");
            Ok::<(), Infallible>(())
        });
        drop(s.spawn(async move { drop(open) }));
        InjectedPanic::throw()
    }

    let log = Log::default();
    *LOG.lock().unwrap() = Some(log.clone());
    ByHand::new(scope(async |_| {
        assert!(catch_unwind(|| drop(scope(spawns_and_panics))).is_err());
    }))
    .finish();
    assert_eq!(log.take(), ["cleaned"]);
}
