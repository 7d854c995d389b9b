//! Clocks, wakers and values that panic, or drop somebody else, while a scope is at work or being dropped.

use alloc::sync::Arc;
use alloc::task::Wake;
use core::convert::Infallible;
use core::future::{Pending, pending, poll_fn};
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::thread;

use onpar_core::{CancelReason, Clock, Instant};
use onpar_scope::{Child, defer, race_ok_scope, scope, try_scope};
use onpar_test::{ByHand, InjectedPanic, Trigger};
use onpar_tests::Log;

/// A clock whose runtime is gone.
#[derive(Clone)]
struct NoClock;

impl Clock for NoClock {
    type Sleep = Pending<()>;

    fn now(&self) -> Instant {
        InjectedPanic::throw()
    }

    fn sleep_until(&self, _: Instant) -> Pending<()> {
        InjectedPanic::throw()
    }

    fn reset(&self, _: Pin<&mut Pending<()>>, _: Instant) {}
}

/// Counts its drops, and borrows.
struct Counted<'a>(&'a AtomicUsize);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_dropped_scope_whose_clock_panics_loses_no_cleanup() {
    let log = Log::default();
    ByHand::new(scope(async |_| {
        let inner = scope(async |_| {
            let _open = defer(log.clone(), async |log| {
                log.add("cleaned");
                Ok::<(), Infallible>(())
            });
            pending::<()>().await;
        });
        let mut inner = ByHand::new(inner.cleanup_budget(NoClock, Duration::from_secs(1)));
        assert!(inner.poll().is_pending());
        assert!(catch_unwind(AssertUnwindSafe(|| drop(inner))).is_ok());
    }))
    .finish();
    assert_eq!(log.take(), ["cleaned"]);
}

#[test]
fn errors_do_not_outlive_their_scope_whose_clock_panics_as_it_is_dropped() {
    let dropped = AtomicUsize::new(0);
    let mut kept = None;
    let mut work = ByHand::new(
        try_scope(async |s| {
            // It keeps the scope's memory.
            kept = Some(s.cancelled());
            s.fail(Counted(&dropped));
            pending::<Result<(), _>>().await
        })
        .collect_all()
        .cleanup_budget(NoClock, Duration::from_secs(1)),
    );
    assert!(work.poll().is_pending());
    drop(work);
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
    drop(kept);
}

#[test]
fn errors_do_not_outlive_a_race_whose_winner_panics_as_it_is_dropped() {
    struct Throws;
    impl Drop for Throws {
        fn drop(&mut self) {
            if !thread::panicking() {
                InjectedPanic::throw();
            }
        }
    }

    let dropped = AtomicUsize::new(0);
    let mut kept = None;
    let outer = ByHand::new(scope(async |_| {
        let mut race = ByHand::new(race_ok_scope(async |s| {
            kept = Some(s.cancelled());
            drop(s.spawn(async { Err::<Throws, _>(Counted(&dropped)) }));
            drop(s.spawn(async { Ok(Throws) }));
            // So that the race has not ended when it is dropped.
            let _open = defer((), async |()| {
                Trigger::never().pending_once().await;
                Ok::<(), Infallible>(())
            });
            pending::<Result<Throws, _>>().await
        }));
        assert!(race.poll().is_pending());
        assert!(catch_unwind(AssertUnwindSafe(|| drop(race))).is_err());
    }));
    outer.finish();
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
    drop(kept);
}

#[test]
fn a_waker_that_takes_another_wait_along_as_it_is_replaced_does_not_deadlock() {
    type Waits = Pin<Box<dyn Future<Output = CancelReason> + Send>>;
    struct Task(#[expect(dead_code, reason = "held to be dropped")] Mutex<Waits>);
    impl Wake for Task {
        fn wake(self: Arc<Self>) {}
    }

    ByHand::new(scope(async |s| {
        let mut wait = s.cancelled();
        let mut other = Box::pin(wait.clone());
        assert!(other.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let task = Waker::from(Arc::new(Task(Mutex::new(other))));
        assert!(Pin::new(&mut wait).poll(&mut Context::from_waker(&task)).is_pending());
        drop(task);
        assert!(Pin::new(&mut wait).poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }))
    .finish();
}

#[test]
fn a_child_that_polls_its_own_handle_and_drops_it_is_freed() {
    // AddressSanitizer sees the leak; this says that the program is a legal one.
    ByHand::new(scope(async |s| {
        let mine = Arc::new(Mutex::new(None::<Child<'_, ()>>));
        let its = Arc::clone(&mine);
        let child = s.spawn(async move {
            Trigger::never().pending_once().await;
            let handle = its.lock().expect("nobody panics").take();
            if let Some(mut handle) = handle {
                poll_fn(|cx| {
                    assert!(Pin::new(&mut handle).poll(cx).is_pending());
                    Poll::Ready(())
                })
                .await;
            }
        });
        *mine.lock().expect("nobody panics") = Some(child);
    }))
    .finish();
}
