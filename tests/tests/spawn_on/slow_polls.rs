//! Slow polls of what a runtime does not see as tasks: the body, and the children of a scope. The real clock is what is tested.

use alloc::sync::Arc;
use core::time::Duration;
use std::sync::{Mutex, mpsc};

use onpar::rt::local;
use onpar::rt::slow_polls::SlowPolls;
use onpar::{local_scope, scope};

/// From when on a poll is slow; and one that is.
const THRESHOLD: Duration = Duration::from_millis(50);
const SLOW: Duration = Duration::from_millis(60);

/// Keeps its thread, as a blocking call does.
fn block(time: Duration) {
    let (_open, closed) = mpsc::channel::<()>();
    let _timeout = closed.recv_timeout(time);
}

#[test]
fn slow_children_of_scopes_are_reported_once_and_by_their_names() {
    // The child that reports nothing is part of the body.
    let expected = [("page".to_owned(), false, true), ("main".to_owned(), false, true)];
    // A machine that holds up a quick poll makes it a slow one, but not for longer and longer.
    let mut scale = 1;
    let mut reports = reported(scale);
    while reports != expected && scale < 32 {
        scale *= 2;
        reports = reported(scale);
    }
    assert_eq!(reports, expected);
}

/// What is reported when all times are so many times as long: the name, whether it is a task, whether it took as long as it had to.
fn reported(scale: u32) -> Vec<(String, bool, bool)> {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&reports);
    local::run(async |rt| {
        let rt = SlowPolls::new(rt).threshold(scale * THRESHOLD).report(move |poll| {
            let name = poll.name.unwrap_or_default().to_owned();
            seen.lock().expect("not poisoned").push((name, poll.is_task, poll.duration >= scale * SLOW));
        });
        let of_many_threads = SlowPolls::new(rt.get_ref().clock());
        let body = async {
            local_scope(async |s| {
                let quick = s.spawn(rt.named("quick").watch(async { 1 }));
                let page = s.spawn(rt.named("page").watch(async {
                    block(scale * SLOW);
                    2
                }));
                quick.await + page.await
            })
            .await;
            scope(async |s| {
                // As a child that may move between threads, it holds a clock that may.
                let silent = of_many_threads.threshold(Duration::MAX);
                s.spawn(silent.watch(async { block(scale * SLOW) })).await;
            })
            .await;
        };
        rt.named("main").watch(body).await;
    });
    reports.lock().expect("not poisoned").clone()
}
