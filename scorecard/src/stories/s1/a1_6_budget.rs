//! A1.6: a close that never ends, between two that do.
//!
//! The stock program is careful: it closes all three behind its body, within one timeout, and where a timeout leads past
//! that, `Drop` spawns closes that have a timeout of their own.

use core::future::pending;
use core::time::Duration;

use futures::future::join_all;
use onpar_core::{Clock as _, Instant};
use onpar_scope::{CleanupErrorKind, CleanupErrors, Guard, defer, scope, timeout};

use crate::executor::unhurried::unhurried;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s1::log::Log;
use crate::story::{Case, Point, Stock};

/// Half of them end by themselves, half by a timeout. In real time they run side by side, so that all of them take as long
/// as one budget; a thousand would keep a slow machine from the closes that do end.
const RUNS: [u64; 2] = [1000, 100];
/// Several times what the closes that end take. In real time more, lest a machine that stalls spends it on the closes that do end;
/// and where it does, all is done again with more.
const BUDGET: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(200)];
/// In milliseconds: the body ends after 1, or waits for this.
const DEADLINE: u64 = 10;
const WRONG: &str = "skipped or unreported";

pub(super) const POINT: Point = Point {
    name: "A1.6",
    what: "a close that never ends is reported by name when the budget is spent, and costs no other close its turn",
    cases: &[Case {
        what: "1 of 3 closes hangs, budget",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(with_stock_tools),
        onpar: |executor| unhurried(executor, false, |scale| with_onpar(executor, scale)),
    }],
};

/// Opened in this order.
const NAMES: [&str; 3] = ["a", HANGS, "c"];
const HANGS: &str = "stuck";

async fn close(name: &'static str, rt: &Rt, log: &Log) {
    if name == HANGS {
        pending::<()>().await;
    }
    rt.millis(5).await;
    log.add(name);
}

/// Ends soon, or never.
async fn query(rt: &Rt, times_out: bool) {
    rt.millis(1).await;
    if times_out {
        pending::<()>().await;
    }
}

/// One run, as the caller sees it on return.
struct Seen {
    wrong: bool,
    /// From the end of the body to the return.
    time: Duration,
}

impl Seen {
    fn on_return(rt: &Rt, start: Instant, budget: Duration, times_out: bool, reported: bool, log: &Log) -> Self {
        // The body ends by itself or by the deadline.
        let body = Duration::from_millis(if times_out { DEADLINE } else { 1 });
        let time = (rt.now() - start).saturating_sub(body);
        let in_time = if rt.executor().is_virtual() { time == budget } else { time >= budget };
        Self { wrong: !(in_time && reported && log.is_exactly(&["c", "a"])), time }
    }
}

fn sum(seen: &[Seen]) -> Measured {
    let mut measured = Measured::new(WRONG);
    for it in seen {
        measured.count(it.wrong);
    }
    let shortest = seen.iter().map(|it| it.time).min().unwrap_or_default();
    let longest = seen.iter().map(|it| it.time).max().unwrap_or_default();
    let between = if shortest.as_millis() == longest.as_millis() {
        format!("at +{} ms", shortest.as_millis())
    } else {
        format!("at +{} to {} ms", shortest.as_millis(), longest.as_millis())
    };
    measured.note(between)
}

/// Closed by hand, or else by a task with a timeout.
struct Resource(Option<(&'static str, Rt, Log)>);

impl Resource {
    async fn close(mut self) {
        if let Some((name, rt, log)) = self.0.take() {
            close(name, &rt, &log).await;
        }
    }
}

impl Drop for Resource {
    fn drop(&mut self) {
        if let Some((name, rt, log)) = self.0.take() {
            let spawner = rt.clone();
            spawner.spawn(async move {
                let _nobody_to_tell = rt.stock_timeout(millis(budget(&rt, 1)), close(name, &rt, &log)).await;
            });
        }
    }
}

/// Gives whether the closes hung.
async fn careful(times_out: bool, rt: &Rt, log: &Log) -> bool {
    let resources = NAMES.map(|name| Resource(Some((name, rt.clone(), log.clone()))));
    query(rt, times_out).await;
    let closes = async {
        for resource in resources.into_iter().rev() {
            resource.close().await;
        }
    };
    rt.stock_timeout(millis(budget(rt, 1)), closes).await.is_none()
}

/// Does one run after another where time is virtual, else all side by side.
async fn each<Fut: Future<Output = Seen>>(rt: &Rt, run: impl Fn(Rt, bool) -> Fut) -> Measured {
    let [one_by_one, side_by_side] = RUNS;
    let mut all = Vec::new();
    if rt.executor().is_virtual() {
        for number in 0..one_by_one {
            all.push(run(rt.clone(), number % 2 == 1).await);
        }
    } else {
        all = join_all((0..side_by_side).map(|number| run(rt.clone(), number % 2 == 1))).await;
    }
    sum(&all)
}

fn with_stock_tools(executor: Executor) -> Measured {
    executor.run(async |rt| {
        each(&rt, async |rt, times_out| {
            let (log, start) = (Log::default(), rt.now());
            let hung = if times_out {
                rt.stock_timeout(DEADLINE, careful(times_out, &rt, &log)).await
            } else {
                Some(careful(times_out, &rt, &log).await)
            };
            Seen::on_return(&rt, start, budget(&rt, 1), times_out, hung == Some(true), &log)
        })
        .await
    })
}

fn open(name: &'static str, rt: &Rt, log: &Log) -> Guard<(Rt, Log), impl onpar_scope::Cleanup<(Rt, Log)> + use<>> {
    defer((rt.clone(), log.clone()), async move |(rt, log): (Rt, Log)| close(name, &rt, &log).await).named(name)
}

async fn guarded(times_out: bool, rt: &Rt, log: &Log) {
    let [a, stuck, c] = NAMES;
    let _a = open(a, rt, log);
    let _stuck = open(stuck, rt, log);
    let _c = open(c, rt, log);
    query(rt, times_out).await;
}

fn budget(rt: &Rt, scale: u32) -> Duration {
    BUDGET[usize::from(!rt.executor().is_virtual())] * scale
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Exactly the one report that was to come, with the name of its guard.
fn is_reported(errors: &CleanupErrors) -> bool {
    matches!(&errors[..], [it] if it.name() == HANGS && matches!(it.kind(), CleanupErrorKind::TimedOut))
}

fn with_onpar(executor: Executor, scale: u32) -> Measured {
    executor.run(async move |rt| {
        let (budget, deadline) = (budget(&rt, scale), Duration::from_millis(DEADLINE));
        each(&rt, async |rt, times_out| {
            let (log, start) = (Log::default(), rt.now());
            let errors = if times_out {
                let work = timeout(rt.clone(), deadline, guarded(times_out, &rt, &log));
                work.cleanup_budget(budget).outcome().await.cleanup
            } else {
                let work = scope(async |_| guarded(times_out, &rt, &log).await);
                work.cleanup_budget(rt.clone(), budget).outcome().await.cleanup
            };
            Seen::on_return(&rt, start, budget, times_out, is_reported(&errors), &log)
        })
        .await
    })
}
