//! A2.5: what is kept is polled, and what is not polled is dropped.
//!
//! A probe on the loader counts how often it is woken and not polled, though its task is. `select!` on a `&mut` future does
//! that while a branch awaits. What an event loop cancels, it owns: its arms are passed by value, and what drops one says
//! so in its name and under "Cancel safety".

use core::pin::pin;

use onpar_scope::events;
use onpar_test::ProbeLog;

use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A2.5",
    what: "no arm is kept and left unpolled: a loader that is woken is polled by the next poll of its loop",
    cases: &[Case {
        what: "a handler awaits 100 ms",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(|executor| measure(executor, with_stock_tools)),
        onpar: |executor| measure(executor, with_onpar),
    }],
};

fn measure<Fut>(executor: Executor, program: fn(Rt, ProbeLog) -> Fut) -> Measured
where
    Fut: Future<Output = ()> + Send + 'static,
{
    let log = ProbeLog::new();
    let probed = log.clone();
    executor.run(async move |rt| probed.owner(program(rt, probed.clone())).await);
    let mut measured = Measured::new("wakes slept through");
    for gap in log.gaps() {
        measured.count(gap.owner_polls > 0);
    }
    measured
}

async fn load(rt: &Rt) {
    for _ in 0..10 {
        rt.millis(5).await;
    }
}

/// Looks after something else every 20 ms.
async fn handle(rt: &Rt) {
    for _ in 0..5 {
        rt.millis(20).await;
    }
}

async fn with_stock_tools(rt: Rt, log: ProbeLog) {
    let (mut loader, mut packet) = (pin!(log.probe(load(&rt))), pin!(rt.millis(8)));
    let (mut is_over, mut is_handled) = (false, false);
    while !(is_over && is_handled) {
        tokio::select! {
            () = &mut loader, if !is_over => is_over = true,
            () = &mut packet, if !is_handled => {
                handle(&rt).await;
                is_handled = true;
            }
        }
    }
}

async fn with_onpar(rt: Rt, log: ProbeLog) {
    events(&mut ())
        .once(log.probe(load(&rt)), async |(), ()| ())
        .once(rt.millis(8), async |(), ()| handle(&rt).await)
        .await;
}
