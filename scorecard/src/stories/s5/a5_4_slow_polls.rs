//! A5.4: a task blocks its thread for 200 ms.
//!
//! The stock program is one with nothing but its executor, in a process of its own; whoever looks for a report reads what it has
//! written. Tokio's metrics sum up how busy a thread was, and its console, which names tasks, is not to be had on stable Rust
//! without a flag for unstable code.

use alloc::sync::Arc;
use core::time::Duration;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::thread;

use onpar_core::{Clock as _, Spawn};
use onpar_rt::slow_polls::SlowPolls;
use onpar_rt::smol_2;

use crate::child;
use crate::executor::Executor;
use crate::executor::unhurried::in_real_time;
use crate::measured::Measured;
use crate::story::{Case, Child, Point, Stock};

const BLOCKED: Duration = Duration::from_millis(200);
/// From when on a poll is slow, unless one says otherwise.
const THRESHOLD: Duration = Duration::from_millis(50);
const CLEAN_TASKS: u64 = 100;

pub(super) const POINT: Point = Point {
    name: "A5.4",
    what: "a task that blocks its thread is reported, with its name and for how long; others are not",
    cases: &[Case {
        what: "200 ms in a task",
        executors: &[Executor::CurrentThread, Executor::MultiThread, Executor::Foreign, Executor::Smol],
        stock: Stock::GoesWrong(written),
        // A machine that holds up a poll for long makes it a slow one, whoever is to blame. It is real time everywhere: the thread
        // is blocked, and not a clock.
        onpar: |executor| {
            in_real_time(false, |scale| match executor {
                Executor::Smol => smol_2::run(async |rt| watched(rt, scale).await),
                _ => executor.run(async move |rt| watched(rt, scale).await),
            })
        },
    }],
};

/// The stock programs.
pub(super) const CHILDREN: &[Child] = &[
    Child { name: unwatched_child(Executor::CurrentThread), run: || unwatched(Executor::CurrentThread) },
    Child { name: unwatched_child(Executor::MultiThread), run: || unwatched(Executor::MultiThread) },
    Child { name: unwatched_child(Executor::Foreign), run: || unwatched(Executor::Foreign) },
    Child { name: unwatched_child(Executor::Smol), run: || unwatched(Executor::Smol) },
];

const fn unwatched_child(executor: Executor) -> &'static str {
    match executor {
        Executor::CurrentThread => "s5-blocks-current_thread",
        Executor::MultiThread => "s5-blocks-multi_thread",
        Executor::Smol => "s5-blocks-smol",
        _ => "s5-blocks-foreign",
    }
}

/// Looks for a report in all that the stock program writes.
fn written(executor: Executor) -> Measured {
    let mut measured = Measured::new("never reported");
    let ended =
        child::command(unwatched_child(executor), None).map(|mut command| command.stdin(Stdio::null()).output());
    match ended {
        Ok(Ok(output)) if output.status.success() => {
            measured.count(output.stdout.is_empty() && output.stderr.is_empty());
            measured
        }
        other => measured.note(format!("{other:?}")),
    }
}

fn unwatched(executor: Executor) {
    match executor {
        Executor::Smol => smol_2::run(async |rt| block(&rt, BLOCKED).await),
        _ => executor.run(async |rt| block(&rt, BLOCKED).await),
    }
}

#[expect(clippy::disallowed_methods, reason = "that is the mistake")]
async fn block(rt: &impl Spawn, time: Duration) {
    let task = rt.spawn(async move { thread::sleep(time) });
    task.await.expect("it ends");
}

async fn watched<R: Spawn + onpar_core::Clock<Sleep: Send> + Send + 'static>(rt: R, scale: u32) -> Measured {
    let (threshold, blocked) = (THRESHOLD * scale, BLOCKED * scale);
    let reports = Arc::<Mutex<Vec<(String, Duration)>>>::default();
    let seen = Arc::clone(&reports);
    let rt = SlowPolls::new(rt).threshold(threshold).report(move |poll| {
        let name = poll.name.unwrap_or("").to_owned();
        seen.lock().unwrap_or_else(PoisonError::into_inner).push((name, poll.duration));
    });
    let mut measured = Measured::new("wrongly reported");
    for _ in 0..CLEAN_TASKS {
        let sleep = rt.sleep(Duration::from_millis(1));
        rt.named("clean").spawn(sleep).await.expect("it ends");
    }
    let clean = reports.lock().unwrap_or_else(PoisonError::into_inner).len();
    block(&rt.named("loader"), blocked).await;
    let reports = reports.lock().unwrap_or_else(PoisonError::into_inner);
    measured.runs = CLEAN_TASKS;
    measured.failures = clean as u64;
    let told = matches!(&reports[clean..], [(name, took)] if name == "loader" && *took >= blocked);
    measured.count(!told);
    let longest = reports.iter().map(|report| report.1.as_millis()).max().unwrap_or(0);
    measured.with(u64::try_from(longest).unwrap_or(u64::MAX), "ms reported")
}
