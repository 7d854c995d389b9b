//! A1.3: every way out of a function that holds two resources.
//!
//! The stock program is careful: it keeps the body in a block of its own, closes both resources behind it, last opened
//! first, and spawns the close in `Drop` where it did not get there.

mod dropper;
mod onpar;
mod stock;

use crate::executor::{Executor, Rt};
use crate::stories::s1::log::Log;
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A1.3",
    what: "on every way out the cleanups run one after another, the last opened first, before the caller goes on",
    cases: &[
        Case {
            what: "5 ways out, cancel at every poll",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(stock::every_way_out),
            onpar: onpar::every_way_out,
        },
        Case {
            what: "end of a block; async-dropper",
            executors: &[Executor::CurrentThread],
            stock: Stock::GoesWrong(dropper::with_async_dropper),
            onpar: dropper::with_onpar,
        },
    ],
};

pub(super) use self::dropper::{ASYNC_DROPPER, ONPAR};

const IN_ORDER: [&str; 4] = ["start b", "end b", "start a", "end a"];
const WRONG: &str = "logs wrong";
const PANIC: &str = "the body's own panic";
const ERROR: &str = "the body's own error";

/// How a body ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    End,
    Question,
    Return,
    Break,
    Panic,
}

const WAYS: [Way; 5] = [Way::End, Way::Question, Way::Return, Way::Break, Way::Panic];

/// What the caller of the body sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Value(Result<Way, &'static str>),
    Panic,
}

impl Way {
    /// What the caller has to see.
    const fn expected(self) -> Seen {
        match self {
            Self::Question => Seen::Value(Err(ERROR)),
            Self::Panic => Seen::Panic,
            Self::End | Self::Return | Self::Break => Seen::Value(Ok(self)),
        }
    }
}

/// Awaits a panic as a value. Only the body's own counts: any other goes on.
async fn seen(body: impl Future<Output = Result<Way, &'static str>>) -> Seen {
    use futures::FutureExt as _;
    match core::panic::AssertUnwindSafe(body).catch_unwind().await {
        Ok(value) => Seen::Value(value),
        Err(payload) if payload.downcast_ref::<&str>() == Some(&PANIC) => Seen::Panic,
        Err(payload) => std::panic::resume_unwind(payload),
    }
}

/// Writes to the log, and takes 2 ms for it.
async fn close(name: &str, rt: &Rt, log: &Log) {
    log.add(format!("start {name}"));
    rt.millis(1).await;
    rt.millis(1).await;
    log.add(format!("end {name}"));
}
