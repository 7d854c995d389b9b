//! A6.2: a library blocks for 200 ms, beside a ticker of 5 ms on the same thread.
//!
//! Real time, so what else the machine does may only add: what goes wrong is done again, and takes longer.

use core::cell::Cell;
use core::time::Duration;
use std::thread;

use onpar::prelude::*;
use onpar_core::{Blocking, Instant};
use onpar_rt::{local, smol_2, tokio_1};

use crate::executor::Executor;
use crate::executor::unhurried::in_real_time;
use crate::measured::{Measured, Time};
use crate::silence::silently;
use crate::story::{Case, Point, Stock};

const BLOCKED: Duration = Duration::from_millis(200);
const TICK: Duration = Duration::from_millis(5);
/// The longest time between two ticks.
const GAP: Duration = Duration::from_millis(15);

pub(super) const POINT: Point = Point {
    name: "A6.2",
    what: "a call that blocks holds up nobody; who waits for it may leave, its scope waits, and its panic is an error",
    cases: &[
        Case {
            what: "5 ms ticker, 200 ms call",
            executors: &[Executor::Local, Executor::CurrentThread, Executor::Smol],
            stock: Stock::GoesWrong(|executor| worst_gap(executor, false, 1)),
            onpar: |executor| in_real_time(false, |scale| worst_gap(executor, true, scale)),
        },
        Case {
            what: "leave, wait, panic",
            executors: &[Executor::Local, Executor::CurrentThread, Executor::Smol],
            stock: Stock::GoesWrong(|_| in_real_time(true, leaves)),
            onpar: |executor| {
                in_real_time(false, |scale| match executor {
                    Executor::Smol => smol_2::run(async |rt| waits(&rt, scale).await),
                    Executor::CurrentThread => tokio_1::run_current_thread(async |rt| waits(&rt, scale).await),
                    _ => local::run(async |rt| waits(&rt, scale).await),
                })
            },
        },
    ],
};

#[expect(clippy::disallowed_methods, reason = "that is what the library does")]
fn block(scale: u32) {
    thread::sleep(BLOCKED * scale);
}

fn leaves(scale: u32) -> Measured {
    tokio_1::run_current_thread(async |rt| {
        let start = rt.now();
        let call = tokio::task::spawn_blocking(move || block(scale));
        drop(tokio::time::timeout(TICK * scale, call).await);
        let mut measured = Measured::new("left running");
        measured.count(rt.now() - start < BLOCKED * scale); // nobody waits for it any more, and it goes on
        measured
    })
}

fn worst_gap(executor: Executor, off_the_thread: bool, scale: u32) -> Measured {
    let worst = match executor {
        Executor::Smol => smol_2::run(async |rt| beside_a_ticker(&rt, off_the_thread, scale).await),
        Executor::CurrentThread => {
            tokio_1::run_current_thread(async |rt| beside_a_ticker(&rt, off_the_thread, scale).await)
        }
        _ => local::run(async |rt| beside_a_ticker(&rt, off_the_thread, scale).await),
    };
    let mut measured = Measured::new("hold up the ticker");
    measured.count(worst > GAP * scale);
    let millis = u64::try_from(worst.as_millis()).unwrap_or(u64::MAX);
    Measured { time: Some(Time::Real(BLOCKED * scale)), ..measured }.with(millis, "ms worst gap")
}

async fn beside_a_ticker<R: Clock + Blocking>(rt: &R, off_the_thread: bool, scale: u32) -> Duration {
    let (worst, done) = (Cell::new(Duration::ZERO), Cell::new(false));
    let ticker = async {
        let mut last = rt.now();
        while !done.get() {
            rt.sleep(TICK * scale).await;
            let now = rt.now();
            worst.set(worst.get().max(now - last));
            last = now;
        }
    };
    let call = async {
        rt.sleep(TICK * scale).await;
        if off_the_thread {
            local_scope(async |s| s.blocking(rt, move || block(scale)).await.expect("it ends")).await;
        } else {
            block(scale);
        }
        done.set(true);
    };
    join((ticker, call)).await;
    worst.get()
}

async fn waits<R: Clock + Blocking>(rt: &R, scale: u32) -> Measured {
    let mut measured = Measured::new("left running, or lost");
    let start = rt.now();
    let left = Cell::new(Instant::default());
    local_scope(async |s| {
        let call = s.blocking(rt, move || block(scale));
        race((async { drop(call.await) }, rt.sleep(TICK * scale))).await;
        left.set(rt.now());
    })
    .await;
    measured.count(left.get() - start > BLOCKED * scale / 2); // who waits leaves at once
    measured.count(rt.now() - start < BLOCKED * scale); // its scope does not
    let panicked = silently(|| rt.spawn_blocking(|| panic!("on purpose")));
    let panicked: Result<(), _> = panicked.await;
    measured.count(panicked.is_ok());
    measured
}
