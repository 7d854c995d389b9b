//! A6.1: her first program: two things at once, a limit of time, and what they have opened is closed.
//!
//! It stands in `first.in`, once, and names no runtime; the line that it is run by is the only one that does. With stock tools
//! what is opened closes itself in `Drop`, as a task, since nothing there can wait.

use core::sync::atomic::AtomicU64;
use core::sync::atomic::Ordering::Relaxed;
use core::time::Duration;

use futures::future::join as both_of;
use onpar::prelude::*;
use onpar_rt::{local, smol_2, tokio_1};

use crate::executor::unhurried::unhurried;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

const PROGRAM: &str = include_str!("first.in");
/// With the two lines around it, and two `use`s.
const AROUND: usize = 4;
const MOST_LINES: usize = 15;
const OPENED: u64 = 2;

static CLOSED: AtomicU64 = AtomicU64::new(0);

pub(super) const POINT: Point = Point {
    name: "A6.1",
    what: "a first program of at most 15 lines, with no word of a runtime; its body runs on any by another first line",
    cases: &[
        Case {
            what: "one body",
            executors: &[Executor::Local, Executor::CurrentThread, Executor::MultiThread, Executor::Smol],
            stock: Stock::Nothing("std has no `block_on`: a runtime has to be chosen first"),
            onpar: |executor| {
                measure(|| match executor {
                    Executor::CurrentThread => tokio_1::run_current_thread(include!("first.in")),
                    Executor::MultiThread => tokio_1::run(include!("first.in")),
                    Executor::Smol => smol_2::run(include!("first.in")),
                    _ => local::run(include!("first.in")),
                })
            },
        },
        Case {
            what: "closed by the timeout",
            executors: Executor::ALL,
            // A machine that stalls may let the tasks come to their end, unless that takes long.
            stock: Stock::GoesWrong(|executor| {
                unhurried(executor, true, |scale| {
                    measure(|| executor.run(async move |rt| with_stock_tools(&rt, scale.into()).await))
                })
            }),
            onpar: |executor| measure(|| executor.run_here(include!("first.in"))),
        },
    ],
};

fn measure(run: impl FnOnce() -> bool) -> Measured {
    let before = CLOSED.load(Relaxed);
    let late = run();
    let closed = CLOSED.load(Relaxed) - before;
    let lines = PROGRAM.lines().count() + AROUND;
    let names_one = ["tokio", "smol", "local", "Executor"].iter().any(|name| PROGRAM.contains(name));
    let mut measured = Measured::new("open, long or tied");
    measured.count(!late || closed != OPENED || lines > MOST_LINES || names_one);
    measured.with(closed, "closed").with(lines as u64, "lines")
}

struct Open {
    rt: Rt,
    closes_in: u64,
}

impl Drop for Open {
    fn drop(&mut self) {
        let (rt, closes_in) = (self.rt.clone(), self.closes_in);
        self.rt.spawn(async move {
            rt.millis(closes_in).await;
            CLOSED.fetch_add(1, Relaxed);
        });
    }
}

async fn with_stock_tools(rt: &Rt, closes_in: u64) -> bool {
    let load = async |name: &'static str, millis| {
        let _open = Open { rt: rt.clone(), closes_in };
        rt.millis(millis).await;
        name.len()
    };
    rt.stock_timeout(20, both_of(load("settings", 1), load("history", 60_000))).await.is_none()
}
