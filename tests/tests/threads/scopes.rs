//! A scope's future moves between threads, and its cleanups find the right scope on every one.

use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::thread::{self, ThreadId};

use onpar_scope::{defer, scope, timeout};
use onpar_test::{Sim, Trigger};
use onpar_tests::Log;

/// Polls a future to its end, each time on a new thread, and gives its value and the number of threads.
fn poll_each_time_on_another_thread<T: Send>(future: impl Future<Output = T> + Send) -> (T, usize) {
    let mut future: Pin<Box<dyn Future<Output = T> + Send + '_>> = Box::pin(future);
    for threads in 1.. {
        let polled = thread::scope(|s| {
            let future = future.as_mut();
            s.spawn(|| future.poll(&mut Context::from_waker(Waker::noop()))).join().expect("no poll panics")
        });
        if let Poll::Ready(value) = polled {
            return (value, threads);
        }
    }
    unreachable!("there are not that many threads")
}

fn writes(log: &Log, trigger: &Trigger, name: &'static str) -> impl Sized + Send + use<> {
    defer(
        (log.clone(), trigger.clone(), thread::current().id()),
        async move |(log, trigger, made): (Log, Trigger, ThreadId)| {
            log.add(format!("start {name}"));
            trigger.pending_once().await;
            assert_ne!(made, thread::current().id());
            log.add(format!("end {name}"));
        },
    )
}

#[test]
fn each_poll_on_another_thread_finds_the_nearest_scope_and_keeps_the_order() {
    let (log, trigger) = (Log::default(), Trigger::never());
    let work = scope(async |_| {
        let _outer = writes(&log, &trigger, "outer");
        trigger.pending_once().await;
        scope(async |_| {
            let _a = writes(&log, &trigger, "a");
            trigger.pending_once().await;
            let _b = writes(&log, &trigger, "b");
            trigger.pending_once().await;
        })
        .await;
        log.add("the inner scope has ended");
        trigger.pending_once().await;
    });
    let ((), threads) = poll_each_time_on_another_thread(work);
    assert!(threads >= 6, "{threads} threads");
    let expected = ["start b", "end b", "start a", "end a", "the inner scope has ended", "start outer", "end outer"];
    assert_eq!(log.take(), expected);
}

#[test]
fn a_thousand_scopes_on_a_multi_threaded_runtime_clean_up_all_they_opened() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).build().unwrap();
    let log = Log::default();
    runtime.block_on(async {
        let tasks = (0..1000).map(|number| {
            let log = log.clone();
            tokio::spawn(async move {
                scope(async |_| {
                    let _a = defer(log.clone(), async |log: Log| {
                        tokio::task::yield_now().await;
                        log.add("closed");
                    });
                    for _ in 0..number % 5 {
                        tokio::task::yield_now().await;
                    }
                    let cut = scope(async |_| {
                        let _b = defer(log.clone(), async |log: Log| {
                            tokio::task::yield_now().await;
                            log.add("closed");
                        });
                        tokio::task::yield_now().await;
                        core::future::pending::<()>().await;
                    });
                    let _ = futures::future::select(Box::pin(cut), Box::pin(tokio::task::yield_now())).await;
                })
                .await;
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
    });
    assert_eq!((log.count("closed"), log.take().len()), (2000, 2000));
}

#[test]
fn any_order_of_ready_tasks_cleans_up_all_they_opened() {
    Sim::check(0..200, async |rt| {
        use onpar_test::{Clock as _, Spawn as _};
        let log = Log::default();
        let tasks = (0..10_u64).map(|number| {
            let (log, rt) = (log.clone(), rt.clone());
            rt.clone().spawn(async move {
                let late = Duration::from_millis(number % 3);
                let work = async {
                    let _a = defer((log.clone(), rt.clone()), async |(log, rt): (Log, onpar_test::Rt)| {
                        rt.yield_now().await;
                        log.add("closed");
                    });
                    rt.sleep(Duration::from_millis(1)).await;
                };
                let _ = timeout(&rt, late, work).await;
                log.count("closed")
            })
        });
        let mut seen = 0;
        for task in tasks.collect::<Vec<_>>() {
            seen = seen.max(task.await.unwrap());
        }
        assert_eq!((seen, log.take().len()), (10, 10));
    });
}
