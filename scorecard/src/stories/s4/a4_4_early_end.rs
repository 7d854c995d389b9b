//! A4.4: it ends early, by an error or because it is cancelled, when rows have been claimed that are not processed.
//!
//! Whoever claims a row takes it out of a queue that others share. With the stock tools it is gone with the future that
//! selected it. `on_unfinished` hands it back before the pipeline's future has returned, or has been dropped.

use onpar_test::every_poll;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s4::program::{
    BUFFERED, CONCURRENCY, Ended, JOIN_ME_MAYBE, MORO, ONPAR, ONPAR_UNORDERED, Program, ROUGHAGE, UNORDERED,
};
use crate::stories::s4::work::{BRISK, Refused, Work};
use crate::story::{Case, Point, Stock};

const ROWS: u64 = 8;

pub(super) const POINT: Point = Point {
    name: "A4.4",
    what: "whatever ends it early, each row that was claimed has been processed, or is in the queue again",
    cases: &[
        refused("error at row k; buffered", Stock::GoesWrong(|executor| refuse(executor, BUFFERED))),
        refused("error; FuturesUnordered", Stock::GoesWrong(|executor| refuse(executor, UNORDERED))),
        refused("error; join_me_maybe", Stock::GoesWrong(|executor| refuse(executor, JOIN_ME_MAYBE))),
        refused("error; moro", Stock::GoesWrong(|executor| refuse(executor, MORO))),
        refused("error; futures-concurrency", Stock::GoesWrong(|executor| refuse(executor, CONCURRENCY))),
        refused("error; roughage", Stock::GoesWrong(|executor| refuse(executor, ROUGHAGE))),
        cancelled("cancel at poll k; buffered", Stock::GoesWrong(|executor| cancel(executor, BUFFERED))),
        cancelled("cancel; FuturesUnordered", Stock::GoesWrong(|executor| cancel(executor, UNORDERED))),
        cancelled("cancel; join_me_maybe", Stock::GoesWrong(|executor| cancel(executor, JOIN_ME_MAYBE))),
        cancelled("cancel; moro", Stock::GoesWrong(|executor| cancel(executor, MORO))),
        cancelled("cancel; futures-concurrency", Stock::GoesWrong(|executor| cancel(executor, CONCURRENCY))),
        cancelled("cancel; roughage", Stock::GoesWrong(|executor| cancel(executor, ROUGHAGE))),
    ],
};

const fn refused(what: &'static str, stock: Stock) -> Case {
    Case { what, executors: Executor::ALL, stock, onpar: |executor| refuse(executor, ONPAR) }
}

const fn cancelled(what: &'static str, stock: Stock) -> Case {
    Case { what, executors: Executor::ALL, stock, onpar: |executor| cancel(executor, ONPAR_UNORDERED) }
}

/// The processing of each row in turn fails.
fn refuse(executor: Executor, program: Program) -> Measured {
    let (mut measured, mut lost) = (Measured::new("ends lose rows"), 0);
    for row in 0..ROWS {
        let seen = program.run(executor, |rt| Work::new(rt, ROWS, BRISK).refusing(row), None);
        assert_eq!(seen.ended, Ended::With(Err(Refused)), "the caller hears of it");
        measured.count(seen.work.lost() > 0);
        lost += seen.work.lost();
    }
    measured.with(lost, "lost")
}

/// It is dropped after each of its polls in turn.
fn cancel(executor: Executor, program: Program) -> Measured {
    let (mut measured, mut lost) = (Measured::new("ends lose rows"), 0);
    let boundaries = every_poll(|at| {
        let seen = program.run(executor, |rt| Work::new(rt, ROWS, BRISK), Some(at));
        assert_eq!(seen.ended == Ended::Cancelled, at.has_fired());
        measured.count(seen.work.lost() > 0);
        lost += seen.work.lost();
    });
    // The last run, which nobody cancels, is no boundary.
    measured.runs = boundaries as u64;
    measured.with(lost, "lost")
}
