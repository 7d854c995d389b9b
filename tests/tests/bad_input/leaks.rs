//! Guards that no scope of their thread can clean up.

use alloc::sync::Arc;
use core::any::Any;
use core::cell::RefCell;
use core::future::pending;
use std::sync::{Mutex, mpsc};
use std::thread;

use futures::FutureExt as _;
use onpar_scope::{defer, scope, set_cleanup_hook};
use onpar_test::{ByHand, Sim};
use onpar_tests::Log;

use crate::abort::abort;
use crate::told::Told;

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
    assert!(message.contains(&format!("{}:{}", file!(), line!() - 2)), "{message}");
    assert!(message.contains("scope(async |s| ..)") && message.contains("Reaper"), "{message}");
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
fn a_task_whose_scope_is_dropped_with_nobody_around_is_cancelled_cleans_up_and_is_told_as_not_waited_for() {
    let told = Told::here();
    let log = Log::default();
    Sim::from_env().run(async |rt| {
        let mut work = Box::pin(scope(async |s| {
            let log = log.clone();
            let held = async move {
                let _held = defer(log, async |log: Log| log.add("cleaned"));
                pending::<()>().await;
            };
            drop(s.spawn_on(&rt, held));
            pending::<()>().await;
        }));
        assert!(work.as_mut().now_or_never().is_none());
        rt.idle().await;
        drop(work);
        assert_eq!((told.take(), log.take()), (vec!["task leaked".to_owned()], vec![]));
        rt.idle().await;
        assert_eq!((told.take(), log.take(), rt.tasks()), (vec![], vec!["cleaned".to_owned()], 0));
    });
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
    let (give, given) = mpsc::channel();
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
