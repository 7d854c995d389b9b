//! A task is aborted, and the next connection comes at once.

use alloc::sync::Arc;

use onpar_scope::{Reaper, scope};

use super::reaping::with_reaper;
use super::run_and_abort::run_and_abort;
use crate::executor::lanes::lanes;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s1::server::{QUERY, Server};
use crate::stories::s1::{onpar, stock};

const RUNS: u64 = 1000;
/// Longer than a close takes, so that no run disturbs the next.
const PAUSE: u64 = 20;
const WRONG: &str = "AlreadyOpen";

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
