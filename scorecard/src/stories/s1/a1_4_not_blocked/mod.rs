//! A1.4: while a cleanup waits, the executor goes on with everything else.
//!
//! A cleanup that blocks its thread begins and ends within one poll of the task that dropped the value. That is what
//! [`Polls`](polls::Polls) counts, so the verdict does not hang on how fast the machine is.

mod polls;

mod answered;
mod dropper;
mod ticker;

use crate::executor::Executor;
use crate::story::{Case, Point, Stock};

/// With several, another thread would go on while one is blocked. Where that can be, `async-dropper-simple` stands in, which
/// asks for it.
const ONE_THREAD: &[Executor] = &[Executor::CurrentThread, Executor::Foreign];

pub(super) const POINT: Point = Point {
    name: "A1.4",
    what: "a cleanup never blocks the executor",
    cases: &[
        Case {
            what: "1 ms ticker; async-drop",
            executors: ONE_THREAD,
            stock: Stock::GoesWrong(ticker::with_async_drop),
            onpar: ticker::with_onpar,
        },
        Case {
            what: "close asks task; async-drop",
            executors: ONE_THREAD,
            stock: Stock::GoesWrong(answered::with_async_drop),
            onpar: answered::with_onpar,
        },
        Case {
            what: "task drops; async-dropper",
            executors: &[Executor::MultiThread],
            stock: Stock::GoesWrong(dropper::with_async_dropper),
            onpar: dropper::with_onpar,
        },
    ],
};
