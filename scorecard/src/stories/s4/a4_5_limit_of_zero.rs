//! A4.5: a limit that comes from a configuration, and is zero.
//!
//! `buffered(0)` waits for ever, and for a limit of zero futures-concurrency and `for_each_concurrent` take "none". onpar's
//! limits are `NonZero`: zero is an error where the number is read, and one that stands in the program does not compile
//! (`tests/ui/built/limit_of_zero.rs`).

use core::num::NonZero;

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;
use futures::stream::{self, StreamExt as _};
use futures_concurrency::concurrent_stream::ConcurrentStream as _;
use futures_concurrency::stream::StreamExt as _;
use roughage::AsyncPipeline;

use crate::executor::Executor;
use crate::executor::stuck::unless_stuck;
use crate::measured::Measured;
use crate::stories::s4::onpar;
use crate::stories::s4::work::{BRISK, Work};
use crate::story::{Case, Point, Stock};

const ROWS: u64 = 20;

/// What the configuration says.
const CONFIGURED: &str = "0";

pub(super) const POINT: Point = Point {
    name: "A4.5",
    what: "a limit of zero is an error where it is read: nothing waits for ever, and nothing goes without a limit",
    cases: &[
        case("buffered(0)", |executor| read(executor, |work, limit| buffered(work, limit).boxed_local())),
        case("buffer_unordered(0)", |executor| read(executor, |work, limit| unordered(work, limit).boxed_local())),
        case("for_each_concurrent(0)", |executor| read(executor, |work, limit| for_each(work, limit).boxed_local())),
        case("futures-concurrency", |executor| read(executor, |work, limit| concurrency(work, limit).boxed_local())),
        case("roughage", |executor| read(executor, |work, limit| roughage(work, limit).boxed_local())),
    ],
};

const fn case(what: &'static str, stock: fn(Executor) -> Measured) -> Case {
    Case { what, executors: Executor::ALL, stock: Stock::GoesWrong(stock), onpar: with_onpar }
}

/// What becomes of a limit that is read.
enum Read {
    /// It is an error, which says so.
    Error(String),
    /// All rows have been selected, so many at once.
    Selected(u64),
    Stuck,
}

fn measure(read: Read) -> Measured {
    let mut measured = Measured::new("stuck or no limit");
    measured.count(!matches!(read, Read::Error(_)));
    match read {
        Read::Error(words) => measured.note(words),
        Read::Selected(at_once) => measured.with(at_once, "at once"),
        Read::Stuck => measured.note("STUCK"),
    }
}

/// Reads the limit as a number, and runs a program with it.
fn read(executor: Executor, program: for<'a> fn(&'a Work, usize) -> LocalBoxFuture<'a, ()>) -> Measured {
    let limit = match CONFIGURED.parse::<usize>() {
        Ok(limit) => limit,
        Err(error) => return measure(Read::Error(error.to_string())),
    };
    measure(executor.run_here(async |rt| {
        let work = Work::new(rt, ROWS, BRISK);
        match unless_stuck(work.rt(), program(&work, limit)).await {
            Some(()) => Read::Selected(work.selecting()),
            None => Read::Stuck,
        }
    }))
}

async fn buffered(work: &Work, limit: usize) {
    stream::iter(work.rows()).map(|row| work.select(row)).buffered(limit).for_each(async |_| ()).await;
}

async fn unordered(work: &Work, limit: usize) {
    stream::iter(work.rows()).map(|row| work.select(row)).buffer_unordered(limit).for_each(async |_| ()).await;
}

async fn for_each(work: &Work, limit: usize) {
    stream::iter(work.rows()).for_each_concurrent(limit, |row| work.select(row).map(drop)).await;
}

async fn concurrency(work: &Work, limit: usize) {
    let rows = stream::iter(work.rows()).co().limit(NonZero::new(limit));
    rows.for_each(|row| work.select(row).map(drop)).await;
}

async fn roughage(work: &Work, limit: usize) {
    AsyncPipeline::from_iter(work.rows()).map_concurrent(|row| work.select(row), limit).for_each(async |_| ()).await;
}

/// The same, with the type that onpar asks for.
fn with_onpar(executor: Executor) -> Measured {
    let limit = match CONFIGURED.parse::<NonZero<usize>>() {
        Ok(limit) => limit,
        Err(error) => return measure(Read::Error(error.to_string())),
    };
    measure(executor.run(async move |rt| {
        let work = Work::new(rt, ROWS, BRISK);
        match unless_stuck(work.rt(), onpar::select_all(&work, limit)).await {
            Some(()) => Read::Selected(work.selecting()),
            None => Read::Stuck,
        }
    }))
}
