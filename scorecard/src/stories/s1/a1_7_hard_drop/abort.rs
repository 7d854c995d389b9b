//! A task is aborted, and the next connection comes at once. On tokio by `JoinSet::shutdown`, which waits until the task
//! has been dropped; on the foreign executor, the task's future is dropped.

use alloc::sync::Arc;
use core::pin::pin;

use futures::future::select;
use onpar_scope::{Reaper, scope};
use tokio::task::JoinSet;

use super::reaping::with_reaper;
use crate::executor::lanes::lanes;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s1::server::{QUERY, Server};
use crate::stories::s1::{onpar, stock};

const RUNS: u64 = 1000;
const ABORTED_AFTER: u64 = 10;
/// Longer than a close takes, so that no run disturbs the next.
const PAUSE: u64 = 20;
const WRONG: &str = "AlreadyOpen";

/// Runs `task` as a task of its own, and aborts it. Returns when it has been dropped.
async fn run_and_abort(rt: &Rt, task: impl Future<Output: Send + 'static> + Send + 'static) {
    match rt {
        Rt::Tokio(_) => {
            let mut set = JoinSet::new();
            set.spawn(task);
            rt.millis(ABORTED_AFTER).await;
            set.shutdown().await;
        }
        Rt::Foreign(_) => {
            let task = Box::pin(task);
            drop(select(task, pin!(rt.millis(ABORTED_AFTER))).await);
        }
    }
}

pub(super) fn with_stock_tools(executor: Executor) -> Measured {
    executor.run(async |rt| {
        lanes(&rt, RUNS, async |rt, runs| {
            let server = Arc::<Server>::default();
            let mut measured = Measured::new(WRONG);
            for _ in 0..runs {
                let (of_task, rt_of_task) = (Arc::clone(&server), rt.clone());
                run_and_abort(&rt, async move { stock::do_the_thing(&of_task, &rt_of_task).await }).await;
                measured.count(stock::Connection::open(&server, &rt).await.is_err());
                rt.millis(PAUSE).await;
            }
            measured
        })
        .await
    })
}

pub(super) fn with_onpar(executor: Executor) -> Measured {
    with_reaper(|reaper, reapers_rt| {
        executor.run(move |rt| async move {
            lanes(&rt, RUNS, move |rt, runs| reconnect(rt, runs, reaper.clone(), reapers_rt.clone())).await
        })
    })
}

async fn reconnect(rt: Rt, runs: u64, reaper: Reaper, reapers_rt: Rt) -> Measured {
    let server = Arc::<Server>::default();
    let mut measured = Measured::new(WRONG);
    for _ in 0..runs {
        let (of_task, rt_of_task, closes_on) = (Arc::clone(&server), rt.clone(), reapers_rt.clone());
        run_and_abort(&rt, async move {
            scope(async |_| {
                if let Ok(mut connection) = onpar::Connection::open(&of_task, &rt_of_task).await {
                    connection.closes_on(&closes_on);
                    rt_of_task.millis(QUERY).await;
                }
            })
            .await;
        })
        .await;
        reaper.idle().await;
        match onpar::Connection::open(&server, &rt).await {
            Ok(connection) => {
                let Ok(()) = connection.close().await;
                measured.count(false);
            }
            Err(_) => measured.count(true),
        }
    }
    measured.failures += server.opens().abs_diff(server.closes());
    measured
}
