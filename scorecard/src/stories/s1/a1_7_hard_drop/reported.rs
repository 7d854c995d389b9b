//! A runtime is dropped, and its tasks with it; or a task is aborted. No reaper is registered: what is lost has to be said.

use alloc::sync::Arc;
use core::future::pending;

use futures::future::join_all;
use onpar_scope::scope;

use super::drop_runtime::drop_runtime;
use super::run_and_abort::run_and_abort;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::reports;
use crate::stories::s1::server::Server;
use crate::stories::s1::{onpar, stock};

/// Of one runtime.
const TASKS: usize = 1000;
/// All at once: in real time, one after another would take ten seconds.
const ABORTS: usize = 1000;
const WRONG: &str = "lost without a word";

pub(super) fn with_stock_tools(executor: Executor) -> Measured {
    let servers = drop_runtime(executor, TASKS, async |server, rt| {
        let Ok(_connection) = stock::Connection::open(&server, &rt).await else { return };
        pending::<()>().await;
    });
    let mut measured = Measured::new(WRONG);
    for server in &servers {
        measured.count(server.closes() == 0);
    }
    measured.with(servers.iter().map(|server| server.closes()).sum(), "closed")
}

/// Connects and asks in a scope, which is the outermost.
async fn task(server: Arc<Server>, rt: Rt) {
    scope(async |_| {
        let Ok(_connection) = onpar::Connection::open(&server, &rt).await else { return };
        pending::<()>().await;
    })
    .await;
}

pub(super) fn with_onpar(executor: Executor) -> Measured {
    let mut opened = drop_runtime(executor, TASKS, task).iter().map(|server| server.opens()).sum();
    opened += executor.run(async |rt| {
        let aborts = (0..ABORTS).map(async |_| {
            let server = Arc::<Server>::default();
            run_and_abort(&rt, task(Arc::clone(&server), rt.clone())).await;
            server.opens()
        });
        join_all(aborts).await.into_iter().sum::<u64>()
    });
    let told = reports::take();
    let by_name = told.iter().filter(|report| report.leaked && report.name == onpar::NAME).count() as u64;
    let mut measured = Measured::new(WRONG);
    measured.runs = opened;
    measured.failures = opened.abs_diff(by_name) + (told.len() as u64).abs_diff(by_name);
    measured.with(by_name, "told by name")
}
