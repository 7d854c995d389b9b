//! Local tasks in an event loop that is not ours, here a channel's.

use core::cell::RefCell;
use core::time::Duration;
use std::rc::Rc;
use std::sync::mpsc;

use onpar_core::{Clock as _, SpawnLocal as _};
use onpar_rt::local::Local;
use onpar_rt::main_loop::MainLoop;
use onpar_test::Conformance;

use crate::folder::Folder;

/// Runs `body` as a task, by nothing but the events that wake the loop.
fn run<T: 'static>(body: impl AsyncFnOnce(Local) -> T + 'static) -> T {
    let (events, of_loop) = mpsc::channel();
    let main_loop = MainLoop::new(move || events.send(()).unwrap_or_default()).expect("there is room for a thread");
    let output = Rc::new(RefCell::new(None));
    let (rt, place) = (main_loop.runtime(), Rc::clone(&output));
    drop(main_loop.runtime().spawn_local(async move {
        let value = body(rt).await;
        place.replace(Some(value));
    }));
    while output.borrow().is_none() {
        of_loop.recv().expect("the loop is woken as long as it lives");
        main_loop.run_ready();
    }
    output.take().expect("it is there")
}

#[test]
fn main_loop_conforms() {
    run(async |rt| {
        let mut suite = Conformance::new(rt);
        suite.clock().await;
        suite.threads().await;
        suite.spawn_local().await;
        suite.spawn_order().await;
        suite.blocking().await;
        suite.blocking_threads().await;
        suite.finish().unwrap();
    });
}

#[test]
fn network_of_a_main_loop_conforms() {
    let folder = Folder::new("main");
    run(async move |rt| {
        let mut suite = Conformance::new(rt);
        suite.tcp().await;
        suite.datagram().await;
        suite.unix(folder.path()).await;
        suite.clock().await;
        suite.threads().await;
        suite.finish().unwrap();
    });
}

#[test]
fn tasks_that_are_never_done_leave_the_loop_its_turns() {
    let (events, of_loop) = mpsc::channel();
    let main_loop = MainLoop::new(move || events.send(()).unwrap_or_default()).unwrap();
    drop(main_loop.runtime().spawn_local(core::future::poll_fn::<(), _>(|cx| {
        cx.waker().wake_by_ref();
        core::task::Poll::Pending
    })));
    for _ in 0..10 {
        of_loop.recv().unwrap();
        main_loop.run_ready();
    }
}

#[test]
fn loop_that_calls_without_having_been_woken_loses_nothing() {
    let (events, of_loop) = mpsc::channel();
    let main_loop = MainLoop::new(move || events.send(()).unwrap_or_default()).unwrap();
    let rt = main_loop.runtime();
    let sleeps = rt.clone();
    let task = rt.spawn_local(async move {
        for _ in 0..5 {
            sleeps.sleep(Duration::from_millis(2)).await;
        }
        "done"
    });
    for _ in 0..100 {
        main_loop.run_ready();
    }
    while !matches!(of_loop.recv_timeout(Duration::from_millis(1)), Err(mpsc::RecvTimeoutError::Disconnected)) {
        main_loop.run_ready();
        if rt.now().as_nanos() > 60_000_000 {
            break;
        }
    }
    assert_eq!(main_loop.finish(task).unwrap(), "done");
}

#[test]
fn what_a_dropped_loop_leaves_is_dropped() {
    let held = Rc::new(());
    let inside = Rc::clone(&held);
    let main_loop = MainLoop::new(|| {}).unwrap();
    drop(main_loop.runtime().spawn_local(async move {
        core::future::pending::<()>().await;
        drop(inside);
    }));
    main_loop.run_ready();
    assert_eq!(Rc::strong_count(&held), 2);
    drop(main_loop);
    assert_eq!(Rc::strong_count(&held), 1);
}
