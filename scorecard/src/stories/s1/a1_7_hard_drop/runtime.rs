//! A runtime is dropped, and its tasks with it; then the next runtime connects.

use alloc::sync::Arc;
use core::future::pending;

use futures::future::join_all;
use onpar_scope::{Reaper, scope};

use super::drop_runtime::drop_runtime;
use super::reaping::with_reaper;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s1::server::{AlreadyOpen, Server};
use crate::stories::s1::{onpar, stock};

/// As many runtimes, each with so many tasks: a thousand connections.
const ROUNDS: usize = 20;
const TASKS: usize = 50;
const WRONG: &str = "AlreadyOpen";

pub(super) fn with_stock_tools(executor: Executor) -> Measured {
    let mut measured = Measured::new(WRONG);
    for _ in 0..ROUNDS {
        let servers = drop_runtime(executor, TASKS, async |server, rt| {
            let Ok(_connection) = stock::Connection::open(&server, &rt).await else { return };
            pending::<()>().await;
        });
        measured += &executor.run(async move |rt| {
            let connecting = servers.iter().map(|server| stock::Connection::open(server, &rt));
            refused(join_all(connecting).await.iter().map(Result::is_err))
        });
    }
    measured
}

pub(super) fn with_onpar(executor: Executor) -> Measured {
    with_reaper(|reaper, rt_of_reaper| {
        let mut measured = Measured::new(WRONG);
        for _ in 0..ROUNDS {
            let servers = drop_runtime(executor, TASKS, |server, rt| {
                let closes_on = rt_of_reaper.clone();
                async move {
                    scope(async |_| {
                        let Ok(mut connection) = onpar::Connection::open(&server, &rt).await else { return };
                        connection.closes_on(&closes_on);
                        pending::<()>().await;
                    })
                    .await;
                }
            });
            measured += &executor.run(|rt| reconnect(rt, servers, reaper.clone()));
        }
        measured
    })
}

async fn reconnect(rt: Rt, servers: Vec<Arc<Server>>, reaper: Reaper) -> Measured {
    reaper.idle().await;
    let connecting = servers.iter().map(async |server| match onpar::Connection::open(server, &rt).await {
        Ok(connection) => connection.close().await.is_err(),
        Err(AlreadyOpen) => true,
    });
    refused(join_all(connecting).await)
}

fn refused(each: impl IntoIterator<Item = bool>) -> Measured {
    let mut measured = Measured::new(WRONG);
    each.into_iter().for_each(|refused| measured.count(refused));
    measured
}
