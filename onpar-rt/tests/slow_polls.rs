//! Slow polls are reported with their task's name, and quick ones are not. The real clock is what is tested here.
//!
//! A machine that holds up a quick poll makes it a slow one. But it does not hold up all of them for longer and longer: so where a
//! poll has to be quick, all is done again with longer times until it is.
#![cfg(feature = "local")]
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::cell::Cell;
use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::sync::{Arc, Mutex, mpsc};

use futures::FutureExt as _;
use onpar_core::{Clock as _, SpawnLocal as _};
use onpar_rt::local;
use onpar_rt::slow_polls::SlowPolls;

type Reports = Vec<(Option<String>, Duration, u32)>;

/// What is reported while `body` runs, by the threshold that there is if one says nothing.
fn reported(body: impl AsyncFnOnce(SlowPolls<local::Local>)) -> Reports {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&reports);
    local::run(async |rt| {
        let rt = SlowPolls::new(rt).report(move |poll| {
            let report = (poll.name.map(str::to_owned), poll.duration, poll.place.line());
            seen.lock().expect("not poisoned").push(report);
        });
        body(rt).await;
    });
    let reports = reports.lock().expect("not poisoned");
    reports.clone()
}

/// What is reported while `body` runs, whose times are so many times as long as they have to be: the first reports that are those
/// of tasks with these names, or the last ones.
fn reported_of(names: &[&str], body: impl AsyncFn(SlowPolls<local::Local>, u32)) -> (u32, Reports) {
    let mut scale = 1;
    loop {
        let reports = reported(async |rt| body(rt.threshold(scale * Duration::from_millis(50)), scale).await);
        let found = reports.iter().map(|report| report.0.as_deref().unwrap_or_default());
        if found.eq(names.iter().copied()) || scale == 32 {
            return (scale, reports);
        }
        scale *= 2;
    }
}

/// Keeps its thread, as a blocking call does.
fn block(duration: Duration) {
    let (_open, closed) = mpsc::channel::<()>();
    let _timeout = closed.recv_timeout(duration);
}

#[test]
fn poll_of_200_ms_is_reported_with_name_time_and_place() {
    let mut line = 0;
    let reports = reported(async |rt| {
        line = line!() + 1;
        let slow = rt.named("loader").spawn_local(async { block(Duration::from_millis(200)) });
        slow.await.unwrap();
    });
    let [(name, duration, place)] = &reports[..] else { panic!("one poll was slow: {reports:?}") };
    assert_eq!(name.as_deref(), Some("loader"));
    assert!(*duration >= Duration::from_millis(200));
    assert_eq!(*place, line);
}

#[test]
fn body_that_is_watched_is_reported_and_each_poll_once_by_whoever_is_innermost() {
    let slow = Duration::from_millis(60);
    let line = Cell::new(0);
    let names = ["part", "part", "main"];
    let (scale, reports) = reported_of(&names, async |rt, scale| {
        let body = async {
            rt.named("part").watch(async { block(scale * slow) }).await;
            let quick = rt.named("quick").watch(async {});
            quick.await;
        };
        line.set(line!() + 1);
        rt.named("outer").watch(body).await;
        // A panic of the inner one does not disturb the count of the outer one.
        let body = async {
            let panics = rt.named("panics").watch(async { std::panic::resume_unwind(Box::new("on purpose")) });
            let panicked: Result<(), _> = AssertUnwindSafe(panics).catch_unwind().await;
            assert!(panicked.is_err());
            rt.named("part").watch(async { block(scale * slow) }).await;
            block(scale * slow);
        };
        rt.named("main").watch(body).await;
    });
    let found: Vec<_> = reports.iter().map(|report| report.0.as_deref().unwrap_or_default()).collect();
    assert_eq!(found, names);
    assert!(reports.iter().all(|report| report.1 >= scale * slow), "{reports:?}");
    assert!(reports.iter().all(|report| report.2 != line.get()), "{reports:?}");
}

#[test]
fn body_that_is_slow_by_many_quick_parts_is_reported() {
    let (scale, reports) = reported_of(&["main"], async |rt, scale| {
        let body = async {
            for _ in 0..30 {
                rt.named("quick").watch(async { block(scale * Duration::from_millis(2)) }).await;
            }
        };
        rt.named("main").watch(body).await;
    });
    let [(name, duration, _)] = &reports[..] else { panic!("one poll was slow: {reports:?}") };
    assert_eq!(name.as_deref(), Some("main"));
    assert!(*duration >= scale * Duration::from_millis(60));
}

#[test]
fn task_that_waits_is_not_slow() {
    let (_, reports) = reported_of(&[], async |rt, scale| {
        let clock = rt.clone();
        let waits = rt.spawn_local(async move { clock.sleep(scale * Duration::from_millis(80)).await });
        waits.await.unwrap();
    });
    assert_eq!(reports, []);
}
