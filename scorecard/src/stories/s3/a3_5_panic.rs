//! A3.5: a request panics.
//!
//! With `moro` that ends the process, so there the program runs in one of its own.

use core::panic::AssertUnwindSafe;

use futures::FutureExt as _;

use crate::child;
use crate::executor::Executor;
use crate::measured::Measured;
use crate::reports;
use crate::silence::silently;
use crate::stories::s3::chunk::Chunks;
use crate::stories::s3::host::{Host, Manners, PANIC};
use crate::stories::s3::source::Source;
use crate::stories::s3::tools::Tools;
use crate::story::{Case, Child, Point, Stock};

const RUNS: u64 = 50;

pub(super) const POINT: Point = Point {
    name: "A3.5",
    what: "when a request panics, the others are closed, and the panic reaches the caller once",
    cases: &[
        Case {
            what: "host 1 panics",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| panic(executor, Tools::Task)),
            onpar: |executor| panic(executor, Tools::Onpar),
        },
        Case {
            what: "host 1 panics; moro",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| child::aborts(child_with_moro(executor))),
            onpar: |executor| child::aborts(child_with_onpar(executor)),
        },
    ],
};

/// With moro and with onpar, on each executor.
pub(super) const CHILDREN: [Child; 6] = [
    Child { name: "s3-moro-current_thread", run: || end(Executor::CurrentThread, Tools::Moro) },
    Child { name: "s3-moro-multi_thread", run: || end(Executor::MultiThread, Tools::Moro) },
    Child { name: "s3-moro-foreign", run: || end(Executor::Foreign, Tools::Moro) },
    Child { name: "s3-onpar-current_thread", run: || end(Executor::CurrentThread, Tools::Onpar) },
    Child { name: "s3-onpar-multi_thread", run: || end(Executor::MultiThread, Tools::Onpar) },
    Child { name: "s3-onpar-foreign", run: || end(Executor::Foreign, Tools::Onpar) },
];

const fn child_with_moro(executor: Executor) -> &'static str {
    CHILDREN[executor as usize].name
}

const fn child_with_onpar(executor: Executor) -> &'static str {
    CHILDREN[Executor::ALL.len() + executor as usize].name
}

/// If the process is still there, it ends as if nothing had happened.
fn end(executor: Executor, tools: Tools) {
    drop(panic(executor, tools));
}

fn panic(executor: Executor, tools: Tools) -> Measured {
    silently(|| {
        executor.run(async move |rt| {
            let mut measured = Measured::new("panic lost or open");
            let (mut panics, mut left_open) = (0, 0);
            for _ in 0..RUNS {
                let (hosts, chunks) = (Host::three(Manners::Panics(2), 1), Chunks::default());
                let program = tools.broadcast(&hosts, &rt, &chunks, Source::Has(10));
                let ended = AssertUnwindSafe(program).catch_unwind().await;
                let panicked = ended.is_err_and(|payload| payload.downcast_ref() == Some(&PANIC));
                let open = Host::open(&hosts);
                // The hook is told of it as well, by the name of the child, once.
                let told = reports::take();
                let told_once = told.len() <= 1 && told.iter().all(|report| report.says.contains(PANIC));
                measured.count(!panicked || !told_once || open > 0);
                panics += u64::from(panicked);
                left_open += open;
            }
            measured.with(panics, "panics").with(left_open, "open")
        })
    })
}
