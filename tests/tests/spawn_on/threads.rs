//! On a runtime of several threads.

use alloc::sync::Arc;
use core::future::pending;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;
use std::thread;

use onpar::rt::tokio_1::Tokio;
use onpar_scope::{defer, scope, timeout};
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;

const TASKS: usize = 1000;

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(4).enable_time().build().expect("tokio starts")
}

/// How many have been opened, and closed.
#[derive(Default)]
struct Counts {
    opened: AtomicUsize,
    closed: AtomicUsize,
}

impl Counts {
    fn get(&self) -> (usize, usize) {
        (self.opened.load(Ordering::SeqCst), self.closed.load(Ordering::SeqCst))
    }
}

/// Opens something, yields so often, and then ends or waits for ever.
async fn work(counts: Arc<Counts>, yields: usize, ends: bool) -> usize {
    counts.opened.fetch_add(1, Ordering::SeqCst);
    let _held = defer(counts, async |counts: Arc<Counts>| {
        yield_now().await;
        counts.closed.fetch_add(1, Ordering::SeqCst);
    });
    for _ in 0..yields {
        yield_now().await;
    }
    if ends { yields } else { pending().await }
}

#[test]
fn a_thousand_tasks_on_four_threads_end_and_all_is_cleaned_up_when_the_scope_ends() {
    let runtime = runtime();
    let counts = Arc::<Counts>::default();
    let sum = runtime.block_on(async {
        let rt = Tokio::current().unwrap();
        scope(async |s| {
            let tasks = (0..TASKS).map(|n| s.spawn_on(&rt, work(Arc::clone(&counts), n % 7, true))).collect::<Vec<_>>();
            let mut sum = 0;
            for task in tasks {
                sum += task.await.unwrap();
            }
            sum
        })
        .await
    });
    assert_eq!(sum, (0..TASKS).map(|n| n % 7).sum::<usize>());
    assert_eq!(counts.get(), (TASKS, TASKS));
}

#[test]
fn a_thousand_tasks_that_are_cancelled_wherever_they_are_leave_nothing_open_when_the_timeout_returns() {
    let runtime = runtime();
    for round in 0..20_usize {
        let counts = Arc::<Counts>::default();
        runtime.block_on(async {
            let rt = Tokio::current().unwrap();
            let family = scope(async |s| {
                for n in 0..TASKS {
                    drop(s.spawn_on(&rt, work(Arc::clone(&counts), n % 50, n % 3 == 0)));
                }
                for _ in 0..round {
                    yield_now().await;
                }
                pending::<()>().await;
            });
            assert!(timeout(&rt, Duration::from_millis(1), family).await.is_err());
        });
        let (opened, closed) = counts.get();
        assert_eq!(opened, closed);
    }
    drop(runtime);
}

/// Only tasks that the runtime itself has not yet put away may be left: they have ended, and hold nothing.
#[test]
fn the_work_of_every_task_is_gone_when_the_scope_ends() {
    let runtime = runtime();
    let held = Arc::new(());
    runtime.block_on(async {
        let rt = Tokio::current().unwrap();
        scope(async |s| {
            for n in 0..TASKS {
                let held = Arc::clone(&held);
                let task = s.spawn_on(&rt, async move {
                    yield_now().await;
                    pending::<()>().await;
                    drop(held);
                });
                if n % 2 == 0 {
                    drop(task.cancel());
                } else {
                    assert!(task.cancel().await.is_none());
                }
            }
        })
        .await;
        assert_eq!(Arc::strong_count(&held), 1);
    });
}

#[test]
fn a_runtime_that_shuts_down_under_its_tasks_leaves_their_cleanups_to_the_scope_on_another_one() {
    let (here, there) = (runtime(), runtime());
    let counts = Arc::<Counts>::default();
    here.block_on(async {
        let rt = Tokio::new(there.handle().clone()).unwrap();
        let mut there = Some(there);
        scope(async |s| {
            let tasks = (0..100).map(|n| s.spawn_on(&rt, work(Arc::clone(&counts), n, false))).collect::<Vec<_>>();
            while counts.get().0 < 100 {
                yield_now().await;
            }
            let there = there.take();
            thread::spawn(|| drop(there)).join().unwrap();
            for task in tasks {
                assert!(!task.await.unwrap_err().is_panic());
            }
        })
        .await;
    });
    assert_eq!(counts.get(), (100, 100));
}

#[test]
fn a_panic_on_another_thread_passes_on_in_the_scope() {
    let runtime = runtime();
    let counts = Arc::<Counts>::default();
    let panicked = runtime.block_on(async {
        let rt = Tokio::current().unwrap();
        let counts = Arc::clone(&counts);
        tokio::spawn(async move {
            scope(async |s| {
                for n in 0..100 {
                    drop(s.spawn_on(&rt, work(Arc::clone(&counts), n, n % 2 == 0)));
                }
                drop(s.spawn_on(&rt, async {
                    yield_now().await;
                    onpar_test::InjectedPanic::throw();
                }));
                pending::<()>().await;
            })
            .await;
        })
        .await
    });
    assert!(panicked.unwrap_err().is_panic());
    let (opened, closed) = counts.get();
    assert_eq!(opened, closed);
}
