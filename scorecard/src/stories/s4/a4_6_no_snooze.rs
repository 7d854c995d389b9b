//! A4.6: no future that was woken stays unpolled while the program that owns it is polled.
//!
//! A probe on every select, and on the processing of every item, counts the polls of the program between a wake and the
//! poll that follows it.

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s4::program::{BUFFERED, CONCURRENCY, JOIN_ME_MAYBE, MORO, ONPAR, Program, ROUGHAGE, UNORDERED};
use crate::stories::s4::work::{Pace, Work};
use crate::story::{Case, Point, Stock};

const ROWS: u64 = 20;
/// An item is processed while several selects are woken.
const PACE: Pace = Pace { connect: 1, query: 2, process: 10 };

pub(super) const POINT: Point = Point {
    name: "A4.6",
    what: "no select and no processing that is woken is left unpolled by a poll of the program that owns it",
    cases: &[
        case("buffered(5)", Stock::GoesWrong(|executor| probe(executor, BUFFERED))),
        case("FuturesUnordered in a loop", Stock::GoesWrong(|executor| probe(executor, UNORDERED))),
        case("join_me_maybe", Stock::GoesWrong(|executor| probe(executor, JOIN_ME_MAYBE))),
        case("moro", Stock::GoesWrong(|executor| probe(executor, MORO))),
        case("futures-concurrency", Stock::GoesRight(|executor| probe(executor, CONCURRENCY))),
        case("roughage", Stock::GoesRight(|executor| probe(executor, ROUGHAGE))),
    ],
};

const fn case(what: &'static str, stock: Stock) -> Case {
    Case { what, executors: Executor::ALL, stock, onpar: |executor| probe(executor, ONPAR) }
}

fn probe(executor: Executor, program: Program) -> Measured {
    let seen = program.run(executor, |rt| Work::new(rt, ROWS, PACE), None);
    let mut measured = Measured::new("wakes slept through");
    for gap in seen.work.log().gaps() {
        measured.count(gap.owner_polls > 0);
    }
    measured
}
