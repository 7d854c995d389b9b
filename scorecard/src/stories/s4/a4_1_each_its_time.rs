//! A4.1: five selects at once, and one item processed at a time, which takes twenty times as long as a query.
//!
//! The database hangs up on whoever has a connection and leaves it lying. `buffered` polls its futures when it is asked for an
//! item: not while one is processed. futures-concurrency polls them, and has one limit for both steps; roughage has neither
//! fault.
//!
//! In real time a query that nobody leaves lying may take longer than it should, but not as long as an item is processed; and
//! there are fewer rows. If the machine holds one up for as long as that, all is done again, and takes longer. What peers do is a matter of their code and not of threads: they run where time is virtual.

use core::time::Duration;

use crate::executor::Executor;
use crate::executor::unhurried::unhurried;
use crate::measured::Measured;
use crate::stories::s4::program::{
    BUFFERED, CONCURRENCY, Ended, JOIN_ME_MAYBE, MORO, ONPAR, Program, ROUGHAGE, Seen, UNORDERED,
};
use crate::stories::s4::work::{Pace, SELECTS, STORY, Work};
use crate::story::{Case, Point, Stock};

/// So many rows; and so many in real time.
const ROWS: [u64; 2] = [20, 6];

pub(super) const POINT: Point = Point {
    name: "A4.1",
    what: "a query takes its own 10 ms while items are processed; 5 selects at once, 1 item, in order, nothing claimed early",
    cases: &[
        case("buffered(5)", Stock::GoesWrong(|executor| story(executor, BUFFERED, 1))),
        case("FuturesUnordered in a loop", Stock::GoesWrong(|executor| story(executor, UNORDERED, 1))),
        peer("join_me_maybe", Stock::GoesWrong(|executor| story(executor, JOIN_ME_MAYBE, 1))),
        peer("moro", Stock::GoesWrong(|executor| story(executor, MORO, 1))),
        peer("futures-concurrency", Stock::GoesWrong(|executor| story(executor, CONCURRENCY, 1))),
        peer("roughage", Stock::GoesRight(|executor| story(executor, ROUGHAGE, 1))),
    ],
};

const fn case(what: &'static str, stock: Stock) -> Case {
    let onpar = |executor| unhurried(executor, false, |scale| story(executor, ONPAR, scale));
    Case { what, executors: Executor::ALL, stock, onpar }
}

const fn peer(what: &'static str, stock: Stock) -> Case {
    Case { executors: &[Executor::CurrentThread, Executor::Foreign], ..case(what, stock) }
}

fn story(executor: Executor, program: Program, scale: u32) -> Measured {
    let rows = ROWS[usize::from(!executor.is_virtual())];
    let pace = STORY.times(scale.into());
    let seen = program.run(executor, |rt| Work::new(rt, rows, pace), None);
    let Seen { ended, took, work } = &seen;
    assert_eq!(*ended, Ended::With(Ok(())), "it processes all");
    let mut measured = Measured::new("broken");
    measured.count(is_late(executor, pace, work.slowest()));
    measured.count(work.selecting() > SELECTS as u64);
    measured.count(work.processing() != 1);
    measured.count(work.claimed() > SELECTS as u64 + 1);
    measured.count(!work.processed().into_iter().eq(0..rows));
    measured.count(executor.is_virtual() && *took > Duration::from_millis(rows * pace.process + 20));
    let slowest = u64::try_from(work.slowest().as_millis()).unwrap_or(u64::MAX);
    let measured = measured.with(slowest, "ms query").with(work.processing(), "busy");
    measured.with(work.claimed(), "claimed").took(executor, *took)
}

fn is_late(executor: Executor, pace: Pace, slowest: Duration) -> bool {
    let limit = if executor.is_virtual() { pace.query } else { pace.process / 2 };
    slowest > Duration::from_millis(limit)
}
