//! What has to stay on its thread.

use alloc::rc::Rc;
use core::future::{Pending, pending};
use core::pin::Pin;
use core::time::Duration;
use std::sync::mpsc;
use std::thread::{self, ThreadId};

use onpar_scope::{LocalReaper, defer, local_defer, local_scope, scope};
use onpar_test::{ByHand, Clock, Instant};
use onpar_tests::Log;

use crate::abort::abort;
use crate::told::Told;

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

struct DroppedHere(ThreadId);

impl Drop for DroppedHere {
    fn drop(&mut self) {
        assert_eq!(self.0, thread::current().id());
    }
}

impl Clock for LocalClock {
    type Sleep = Pending<()>;

    fn now(&self) -> Instant {
        Instant::ORIGIN
    }

    fn sleep_until(&self, _: Instant) -> Self::Sleep {
        pending()
    }

    fn reset(&self, _: Pin<&mut Self::Sleep>, _: Instant) {}
}

#[test]
fn the_clock_of_a_local_scope_stays_on_its_thread_whoever_keeps_a_guard_of_that_scope() {
    let (send, receive) = mpsc::channel();
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
