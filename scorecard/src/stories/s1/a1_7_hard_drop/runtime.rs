//! A runtime is dropped, and its tasks with it; then the next runtime connects.

use alloc::sync::Arc;
use core::future::pending;

use onpar_scope::{Reaper, scope};

use super::drop_runtime::drop_runtime;
use super::reaping::with_reaper;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s1::server::Server;
use crate::stories::s1::{onpar, stock};

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
        measured += &executor.run(async |rt| {
            let mut measured = Measured::new(WRONG);
            for server in servers {
                measured.count(stock::Connection::open(&server, &rt).await.is_err());
            }
            measured
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
    let mut measured = Measured::new(WRONG);
    reaper.idle().await;
    for server in servers {
        match onpar::Connection::open(&server, &rt).await {
            Ok(connection) => {
                let Ok(()) = connection.close().await;
                measured.count(false);
            }
            Err(_) => measured.count(true),
        }
    }
    measured
}
