//! A4.2: the selects and the processing need the same lock, for a while each.
//!
//! The lock is fair, and is given to a select that waits for it. If nobody polls that select while an item is processed, the
//! processing waits for ever.

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s4::program::{
    BUFFERED, CONCURRENCY, Ended, JOIN_ME_MAYBE, MORO, ONPAR, ONPAR_FOR_EACH, ONPAR_UNORDERED, Program, ROUGHAGE,
    UNORDERED,
};
use crate::stories::s4::work::{Pace, Work};
use crate::story::{Case, Point, Stock};

const ROWS: u64 = 20;
const PACE: Pace = Pace { connect: 1, query: 1, process: 2 };

pub(super) const POINT: Point = Point {
    name: "A4.2",
    what: "selects and processing that share a lock do not wait for each other for ever",
    cases: &[
        case("buffered(5)", Stock::GoesWrong(|executor| share(executor, BUFFERED)), |it| share(it, ONPAR)),
        case("FuturesUnordered in a loop", Stock::GoesWrong(|executor| share(executor, UNORDERED)), |executor| {
            share(executor, ONPAR_UNORDERED)
        }),
        case("join_me_maybe", Stock::GoesWrong(|executor| share(executor, JOIN_ME_MAYBE)), |executor| {
            share(executor, ONPAR_FOR_EACH)
        }),
        case("moro", Stock::GoesWrong(|executor| share(executor, MORO)), |it| share(it, ONPAR)),
        case("futures-concurrency", Stock::GoesRight(|executor| share(executor, CONCURRENCY)), |it| share(it, ONPAR)),
        case("roughage", Stock::GoesRight(|executor| share(executor, ROUGHAGE)), |it| share(it, ONPAR)),
    ],
};

const fn case(what: &'static str, stock: Stock, onpar: fn(Executor) -> Measured) -> Case {
    Case { what, executors: Executor::ALL, stock, onpar }
}

fn share(executor: Executor, program: Program) -> Measured {
    let seen = program.run(executor, |rt| Work::new(rt, ROWS, PACE).with_a_shared_lock(), None);
    let mut measured = Measured::new("DEADLOCK");
    measured.count(seen.ended == Ended::Stuck);
    let processed = seen.work.processed().len() as u64;
    assert!(seen.ended == Ended::Stuck || processed == ROWS, "it ends when all is done");
    measured.with(processed, "processed").took(executor, seen.took)
}
