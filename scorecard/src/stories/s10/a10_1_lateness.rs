//! A10.1: timers that run at once.

use futures::FutureExt as _;

use crate::executor::Executor;
use crate::stories::s10::screen::{DELAYS, show, show_late};
use crate::stories::s10::{program, sequential};
use crate::story::{Case, Point, Stock};

/// Those of the story and five more: some are short and some long, for which the program has different futures.
const TEN: &[u64] = &[4000, 300, 900, 2500, 100, 1500, 20, 1200, 60, 2000];
const WRONG: &str = "late";

pub(super) const POINT: Point = Point {
    name: "A10.1",
    what: "futures of different kinds run at once, and each is done in its own time",
    cases: &[
        Case {
            what: "the story's 5 delays",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| {
                show_late(executor, WRONG, DELAYS, |delays, rt, screen| sequential::program(delays, rt, screen).boxed())
            }),
            onpar: |executor| {
                show(executor, WRONG, DELAYS, |delays, rt, screen| program::program(delays, rt, screen).boxed())
            },
        },
        Case {
            what: "10 children of 2 kinds",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| {
                show_late(executor, WRONG, TEN, |delays, rt, screen| sequential::program(delays, rt, screen).boxed())
            }),
            onpar: |executor| {
                show(executor, WRONG, TEN, |delays, rt, screen| program::program(delays, rt, screen).boxed())
            },
        },
    ],
};
