//! What has to stay on its thread.

use alloc::rc::Rc;
use core::future::{Pending, pending};
use core::pin::Pin;
use core::time::Duration;
use std::sync::mpsc;
use std::thread::{self, ThreadId};

use onpar_scope::{LocalReaper, defer, local_defer, local_scope, scope, timeout};
use onpar_test::{ByHand, Clock, Instant, Sim};
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

#[test]
fn a_local_scope_with_nothing_local_in_it_is_waited_for_by_any_timeout_or_scope_that_drops_it() {
    let told = Told::here();
    let log = Log::default();
    Sim::from_env().run(async |rt| {
        let work = local_scope(async |s| {
            let child = s.spawn(async {
                let _held = defer((log.clone(), rt.clone()), async |(log, rt)| {
                    rt.sleep(Duration::from_millis(5)).await;
                    log.add("cleaned");
                });
                pending::<()>().await;
            });
            child.await;
        });
        assert!(timeout(&rt, Duration::from_millis(10), work).await.is_err());
        log.add(format!("timeout at {:?}", rt.now()));
    });
    assert_eq!(log.take(), ["cleaned", "timeout at Instant(15ms)"]);
    assert_eq!(told.take(), [""; 0]);
}

#[test]
fn a_local_guard_made_in_a_local_scope_that_has_left_its_thread_does_not_follow_it() {
    let told = Told::here();
    let (send, receive) = mpsc::channel();
    let outer = scope(async |_| {
        abort(local_scope(async |_| {
            let _moves = defer((), async |()| pending::<()>().await).named("moves");
            send.send(local_defer(Rc::new(()), async |_| ()).named("stays")).unwrap();
            pending::<()>().await;
        }));
    });
    let mut outer = ByHand::new(outer);
    assert!(outer.poll().is_pending());
    drop(receive.recv().unwrap());
    assert_eq!(told.take(), ["stays leaked"]);
    drop(outer);
    assert_eq!(told.take(), ["moves leaked"]);
}
