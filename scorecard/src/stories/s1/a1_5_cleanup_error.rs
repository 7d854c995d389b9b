//! A1.5: a close that fails, between two that do not.
//!
//! The stock program is careful: it closes all three behind its body and keeps their errors for the caller. A timeout
//! leads past that, and what `Drop` spawns then has nobody to tell.

use core::future::pending;
use core::time::Duration;

use onpar_scope::{CleanupErrorKind, CleanupErrors, Guard, defer, scope, timeout};

use crate::executor::lanes::lanes;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s1::log::Log;
use crate::story::{Case, Point, Stock};

/// On each of the two ways: the body fails, and it is cancelled.
const RUNS: u64 = 1000;
/// In milliseconds: the body fails after 1, or waits for this.
const DEADLINE: u64 = 10;
const WRONG: &str = "errors lost";

pub(super) const POINT: Point = Point {
    name: "A1.5",
    what: "the caller gets what the body gave and what went wrong in the close; the other closes still run",
    cases: &[Case {
        what: "1 of 3 closes fails",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(with_stock_tools),
        onpar: with_onpar,
    }],
};

/// The body's error.
#[derive(Debug, PartialEq, Eq)]
struct QueryRefused;

/// Opened in this order.
const NAMES: [&str; 3] = ["a", FAILS, "c"];
const FAILS: &str = "b";
const GOODBYE_REFUSED: &str = "goodbye refused";

async fn close(name: &'static str, rt: &Rt, log: &Log) -> Result<(), &'static str> {
    rt.millis(1).await;
    log.add(name);
    if name == FAILS { Err(GOODBYE_REFUSED) } else { Ok(()) }
}

/// Fails, or never ends.
async fn query(rt: &Rt, times_out: bool) -> Result<(), QueryRefused> {
    rt.millis(1).await;
    if times_out { pending().await } else { Err(QueryRefused) }
}

/// Closed by hand, or else by a task.
struct Resource(Option<(&'static str, Rt, Log)>);

impl Resource {
    async fn close(mut self) -> Result<(), &'static str> {
        match self.0.take() {
            Some((name, rt, log)) => close(name, &rt, &log).await,
            None => Ok(()),
        }
    }
}

impl Drop for Resource {
    fn drop(&mut self) {
        if let Some((name, rt, log)) = self.0.take() {
            let spawner = rt.clone();
            spawner.spawn(async move {
                let _nobody_to_tell = close(name, &rt, &log).await;
            });
        }
    }
}

async fn careful(times_out: bool, rt: &Rt, log: &Log, errors: &mut Vec<&'static str>) -> Result<(), QueryRefused> {
    let resources = NAMES.map(|name| Resource(Some((name, rt.clone(), log.clone()))));
    let result = query(rt, times_out).await;
    for resource in resources.into_iter().rev() {
        errors.extend(resource.close().await.err());
    }
    result
}

fn with_stock_tools(executor: Executor) -> Measured {
    executor.run(async |rt| {
        lanes(&rt, RUNS, async |rt, runs| {
            let mut measured = Measured::new(WRONG);
            for times_out in [false, true] {
                for _ in 0..runs {
                    let (log, mut errors) = (Log::default(), Vec::new());
                    let result = rt.stock_timeout(DEADLINE, careful(times_out, &rt, &log, &mut errors)).await;
                    let body = result == (!times_out).then_some(Err(QueryRefused));
                    measured.count(!(body && errors == [GOODBYE_REFUSED] && log.is_exactly(&["c", "b", "a"])));
                }
            }
            measured
        })
        .await
    })
}

fn open(name: &'static str, rt: &Rt, log: &Log) -> Guard<(Rt, Log), impl onpar_scope::Cleanup<(Rt, Log)> + use<>> {
    defer((rt.clone(), log.clone()), async move |(rt, log): (Rt, Log)| close(name, &rt, &log).await).named(name)
}

async fn guarded(times_out: bool, rt: &Rt, log: &Log) -> Result<(), QueryRefused> {
    let [a, b, c] = NAMES;
    let _a = open(a, rt, log);
    let _b = open(b, rt, log);
    let _c = open(c, rt, log);
    query(rt, times_out).await
}

/// Exactly the one error that was to come, with the name of its guard.
fn is_refused(errors: &CleanupErrors) -> bool {
    matches!(&errors[..], [it] if it.name() == FAILS
        && matches!(it.kind(), CleanupErrorKind::Failed(error) if error.to_string() == GOODBYE_REFUSED))
}

fn with_onpar(executor: Executor) -> Measured {
    executor.run(async |rt| {
        lanes(&rt, RUNS, async |rt, runs| {
            let mut measured = Measured::new(WRONG);
            for _ in 0..runs {
                let log = Log::default();
                let outcome = scope(async |_| guarded(false, &rt, &log).await).outcome().await;
                let body = outcome.value == Err(QueryRefused);
                measured.count(!(body && is_refused(&outcome.cleanup) && log.is_exactly(&["c", "b", "a"])));

                let log = Log::default();
                let deadline = Duration::from_millis(DEADLINE);
                let outcome = timeout(&rt, deadline, guarded(true, &rt, &log)).outcome().await;
                let body = outcome.value.is_err();
                measured.count(!(body && is_refused(&outcome.cleanup) && log.is_exactly(&["c", "b", "a"])));
            }
            measured
        })
        .await
    })
}
