//! Slow polls are reported with their task's name, and quick ones are not. The real clock is what is tested here.
#![cfg(feature = "local")]
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::sync::{Arc, Mutex, mpsc};

use futures::FutureExt as _;
use onpar_core::{Clock as _, SpawnLocal as _};
use onpar_rt::local;
use onpar_rt::slow_polls::SlowPolls;

/// What is reported while `body` runs.
fn reported(body: impl AsyncFnOnce(SlowPolls<local::Local>)) -> Vec<(Option<String>, Duration, u32)> {
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
    let mut line = 0;
    let reports = reported(async |rt| {
        let body = async {
            rt.named("part").watch(async { block(slow) }).await;
            let quick = rt.named("quick").watch(async {});
            quick.await;
        };
        line = line!() + 1;
        rt.named("outer").watch(body).await;
        // A panic of the inner one does not disturb the count of the outer one.
        let body = async {
            let panics = rt.named("panics").watch(async { std::panic::resume_unwind(Box::new("on purpose")) });
            let panicked: Result<(), _> = AssertUnwindSafe(panics).catch_unwind().await;
            assert!(panicked.is_err());
            rt.named("part").watch(async { block(slow) }).await;
            block(slow);
        };
        rt.named("main").watch(body).await;
    });
    let names: Vec<_> = reports.iter().map(|report| report.0.as_deref().unwrap_or_default()).collect();
    assert_eq!(names, ["part", "part", "main"]);
    assert!(reports.iter().all(|report| report.1 >= slow), "{reports:?}");
    assert!(reports.iter().all(|report| report.2 != line), "{reports:?}");
}

#[test]
fn body_that_is_slow_by_many_quick_parts_is_reported() {
    let reports = reported(async |rt| {
        let body = async {
            for _ in 0..30 {
                rt.named("quick").watch(async { block(Duration::from_millis(2)) }).await;
            }
        };
        rt.named("main").watch(body).await;
    });
    let [(name, duration, _)] = &reports[..] else { panic!("one poll was slow: {reports:?}") };
    assert_eq!(name.as_deref(), Some("main"));
    assert!(*duration >= Duration::from_millis(60));
}

#[test]
fn task_that_waits_is_not_slow() {
    let reports = reported(async |rt| {
        let clock = rt.clone();
        let waits = rt.spawn_local(async move { clock.sleep(Duration::from_millis(80)).await });
        waits.await.unwrap();
    });
    assert_eq!(reports, []);
}
