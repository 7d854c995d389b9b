//! A ticker of 1 ms beside tasks that are cancelled and close. `async-drop` closes on a thread and a runtime of its own,
//! and blocks until it is done.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

use async_drop::{AsyncDrop, AsyncDropFuture, Dropper};
use onpar_core::Clock as _;
use onpar_scope::{defer, timeout};

use super::polls::Polls;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;

/// Each starts a thread, and blocks for 5 ms of real time.
const STOCK_RUNS: u64 = 100;
const RUNS: u64 = 1000;
/// In milliseconds: comes in the middle of the work, which takes 50.
const DEADLINE: u64 = 10;
/// Several ticks, each of which shows that nothing is blocked.
const CLOSE: Duration = Duration::from_millis(5);
const WRONG: &str = "blocked";

/// Ticks every millisecond, for as long as the runtime lives.
fn tick(rt: &Rt) -> Arc<AtomicU64> {
    let ticks = Arc::<AtomicU64>::default();
    let (ticker, counter) = (rt.clone(), Arc::clone(&ticks));
    rt.spawn(async move {
        loop {
            ticker.millis(1).await;
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    ticks
}

fn measured(polls: &Polls, ticks: &AtomicU64, executor: Executor, time: Duration) -> Measured {
    let mut measured = Measured::new(WRONG).took(executor, time);
    measured.runs = polls.cleanups();
    measured.failures = polls.blocked();
    measured.with(ticks.load(Ordering::SeqCst), "ticks")
}

struct Goodbye {
    polls: Polls,
    threads: Arc<Mutex<HashSet<ThreadId>>>,
}

impl AsyncDrop for Goodbye {
    fn async_drop(&mut self) -> AsyncDropFuture<'_> {
        Box::pin(async {
            self.threads.lock().unwrap_or_else(PoisonError::into_inner).insert(thread::current().id());
            self.polls.cleanup(tokio::time::sleep(CLOSE)).await;
            Ok(())
        })
    }
}

pub(super) fn with_async_drop(executor: Executor) -> Measured {
    executor.run(async move |rt| {
        let (polls, ticks, start) = (Polls::default(), tick(&rt), rt.now());
        let threads = Arc::<Mutex<HashSet<ThreadId>>>::default();
        polls
            .of(async {
                for _ in 0..STOCK_RUNS {
                    let work = async {
                        let _connection = Dropper::new(Goodbye { polls: polls.clone(), threads: Arc::clone(&threads) });
                        rt.millis(50).await;
                    };
                    rt.stock_timeout(DEADLINE, work).await;
                }
            })
            .await;
        let new = threads.lock().unwrap_or_else(PoisonError::into_inner).len();
        measured(&polls, &ticks, executor, rt.now() - start).with(new as u64, "threads started")
    })
}

pub(super) fn with_onpar(executor: Executor) -> Measured {
    executor.run(async move |rt| {
        let (polls, ticks, start) = (Polls::default(), tick(&rt), rt.now());
        polls
            .of(async {
                for _ in 0..RUNS {
                    let work = async {
                        let close = async |(polls, rt): (Polls, Rt)| polls.cleanup(rt.sleep(CLOSE)).await;
                        let _connection = defer((polls.clone(), rt.clone()), close);
                        rt.millis(50).await;
                    };
                    let _elapsed = timeout(&rt, Duration::from_millis(DEADLINE), work).await;
                }
            })
            .await;
        let time = rt.now() - start;
        let mut measured = measured(&polls, &ticks, executor, time);
        // A tick that is due at the very end may or may not have come.
        let missing = u128::from(ticks.load(Ordering::SeqCst)).abs_diff(time.as_millis());
        measured.failures += u64::from(missing > 1);
        measured
    })
}
