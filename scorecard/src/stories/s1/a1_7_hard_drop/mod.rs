//! A1.7: the outermost future is dropped, by an abort or with its runtime, so that nobody is left to await anything.

mod abort;
mod reported;
mod runtime;

mod drop_runtime;
mod reaping;

use crate::executor::Executor;
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A1.7",
    what: "a hard drop is told to the hook, by name; with a reaper, its cleanups run and can be waited for",
    cases: &[
        Case {
            what: "runtime dropped, the hook",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(reported::with_stock_tools),
            onpar: reported::with_onpar,
        },
        Case {
            what: "task aborted, reconnect",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(abort::with_stock_tools),
            onpar: abort::with_onpar,
        },
        Case {
            what: "runtime dropped, reconnect",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(runtime::with_stock_tools),
            onpar: runtime::with_onpar,
        },
    ],
};
