//! A8.2: the library runs on every runtime, and on one that nobody knows, by the same program.

use core::panic::AssertUnwindSafe;
use std::io;
use std::panic::catch_unwind;

use onpar_rt::{smol_2, tokio_1};

use crate::executor::Executor;
use crate::measured::Measured;
use crate::silence::silently;
use crate::stories::s8::echo::{CALLS, echo, of_tokio};
use crate::stories::s8::unknown::Unknown;
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A8.2",
    what: "the library serves on each runtime, and on one that it has never heard of, which implements four traits",
    cases: &[
        Case {
            what: "serves and asks",
            executors: &[Executor::Foreign, Executor::Smol],
            stock: Stock::GoesWrong(|executor| run(executor, true)),
            onpar: |executor| run(executor, false),
        },
        Case {
            what: "serves and asks; tokio",
            executors: &[Executor::CurrentThread, Executor::MultiThread],
            stock: Stock::GoesRight(|executor| run(executor, true)),
            onpar: |executor| run(executor, false),
        },
    ],
};

fn run(executor: Executor, of_tokios: bool) -> Measured {
    let program = || match (executor, of_tokios) {
        (Executor::CurrentThread, false) => tokio_1::run_current_thread(async |rt| echo(&rt).await),
        (Executor::MultiThread, false) => tokio_1::run(async |rt| echo(&rt).await),
        (Executor::Smol, false) => smol_2::run(async |rt| echo(&rt).await),
        (_, false) => Unknown::run(async |rt| echo(&rt).await),
        (Executor::CurrentThread, true) => tokio_1::run_current_thread(async |_| of_tokio().await),
        (Executor::MultiThread, true) => tokio_1::run(async |_| of_tokio().await),
        (Executor::Smol, true) => smol_2::run(async |_| of_tokio().await),
        (_, true) => Unknown::run(async |_| of_tokio().await),
    };
    let right = silently(|| catch_unwind(AssertUnwindSafe(program)));
    let right = right.unwrap_or_else(|_| Err(io::Error::other("it panicked"))).unwrap_or(0);
    Measured { runs: CALLS, failures: CALLS - right, ..Measured::new("not answered") }
}
