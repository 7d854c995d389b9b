//! Slow polls of what a runtime does not see as tasks: the body, and the children of a scope. The real clock is what is tested.

use alloc::sync::Arc;
use core::time::Duration;
use std::sync::{Mutex, mpsc};

use onpar::rt::local;
use onpar::rt::slow_polls::SlowPolls;
use onpar::{local_scope, scope};

const SLOW: Duration = Duration::from_millis(60);

/// Keeps its thread, as a blocking call does.
fn block() {
    let (_open, closed) = mpsc::channel::<()>();
    let _timeout = closed.recv_timeout(SLOW);
}

#[test]
fn slow_children_of_scopes_are_reported_once_and_by_their_names() {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&reports);
    local::run(async |rt| {
        let rt = SlowPolls::new(rt).report(move |poll| {
            let name = poll.name.unwrap_or_default().to_owned();
            seen.lock().unwrap().push((name, poll.is_task, poll.duration >= SLOW));
        });
        let of_many_threads = SlowPolls::new(rt.get_ref().clock());
        let body = async {
            local_scope(async |s| {
                let quick = s.spawn(rt.named("quick").watch(async { 1 }));
                let page = s.spawn(rt.named("page").watch(async {
                    block();
                    2
                }));
                quick.await + page.await
            })
            .await;
            scope(async |s| {
                // As a child that may move between threads, it holds a clock that may.
                let silent = of_many_threads.threshold(Duration::MAX);
                s.spawn(silent.watch(async { block() })).await;
            })
            .await;
        };
        rt.named("main").watch(body).await;
    });
    let reports = reports.lock().unwrap();
    // The child that reports nothing is part of the body.
    assert_eq!(*reports, [("page".to_owned(), false, true), ("main".to_owned(), false, true)]);
}
