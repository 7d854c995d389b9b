//! A runtime is dropped, and its tasks with it. No reaper is registered: what is lost has to be said.

use core::future::pending;

use onpar_scope::scope;

use super::drop_runtime::drop_runtime;
use crate::executor::Executor;
use crate::measured::Measured;
use crate::reports;
use crate::stories::s1::{onpar, stock};

const TASKS: usize = 100;
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

pub(super) fn with_onpar(executor: Executor) -> Measured {
    let servers = drop_runtime(executor, TASKS, async |server, rt| {
        scope(async |_| {
            let Ok(_connection) = onpar::Connection::open(&server, &rt).await else { return };
            pending::<()>().await;
        })
        .await;
    });
    let told = reports::take();
    let by_name = told.iter().filter(|report| report.leaked && report.name == onpar::NAME).count();
    let mut measured = Measured::new(WRONG);
    measured.runs = servers.len() as u64;
    measured.failures = (servers.len().abs_diff(by_name) + told.len().abs_diff(by_name)) as u64;
    measured.with(by_name as u64, "told by name")
}
