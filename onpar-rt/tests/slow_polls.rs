//! Slow polls are reported with their task's name, and quick ones are not. The real clock is what is tested here.
#![cfg(feature = "local")]
#![expect(clippy::std_instead_of_alloc, reason = "a test has no layers to show")]

use core::time::Duration;
use std::sync::{Arc, Mutex, mpsc};

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
fn task_that_waits_is_not_slow() {
    let reports = reported(async |rt| {
        let clock = rt.clone();
        let waits = rt.spawn_local(async move { clock.sleep(Duration::from_millis(80)).await });
        waits.await.unwrap();
    });
    assert_eq!(reports, []);
}
