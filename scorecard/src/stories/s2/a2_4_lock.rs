//! A2.4: the packet's handler awaits 100 ms, and then a lock that the loader holds.
//!
//! The stock program pins the loader outside of the loop, so that no packet drops it. Then it is the handler that keeps
//! everybody waiting: it waits for the loader's lock, and nobody polls the loader meanwhile.

use alloc::sync::Arc;
use core::pin::pin;

use onpar_scope::events;
use tokio::sync::Mutex;

use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

const RUNS: u64 = 3;
/// In milliseconds. With nobody standing still, it all takes 120.
const DEADLOCK: u64 = 1000;

pub(super) const POINT: Point = Point {
    name: "A2.4",
    what: "a handler that waits for a lock of the loader's gets it, since the loader goes on meanwhile",
    cases: &[Case {
        what: "a lock that both need",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(|executor| measure(executor, with_stock_tools)),
        onpar: |executor| measure(executor, with_onpar),
    }],
};

fn measure<Fut>(executor: Executor, program: fn(Rt, Arc<Mutex<()>>) -> Fut) -> Measured
where
    Fut: Future<Output = ()> + Send + 'static,
{
    executor.run(async move |rt| {
        let mut measured = Measured::new("deadlocks");
        for _ in 0..RUNS {
            let work = program(rt.clone(), Arc::default());
            measured.count(rt.stock_timeout(DEADLOCK, work).await.is_none());
        }
        measured
    })
}

/// Holds the lock for 120 ms.
async fn load(rt: &Rt, lock: &Mutex<()>) {
    let _locked = lock.lock().await;
    for _ in 0..4 {
        rt.millis(30).await;
    }
}

async fn handle(rt: &Rt, lock: &Mutex<()>) {
    rt.millis(100).await;
    drop(lock.lock().await);
}

async fn with_stock_tools(rt: Rt, lock: Arc<Mutex<()>>) {
    let (mut loader, mut packet) = (pin!(load(&rt, &lock)), pin!(rt.millis(10)));
    let (mut is_over, mut is_handled) = (false, false);
    while !(is_over && is_handled) {
        tokio::select! {
            () = &mut loader, if !is_over => is_over = true,
            () = &mut packet, if !is_handled => {
                handle(&rt, &lock).await;
                is_handled = true;
            }
        }
    }
}

async fn with_onpar(rt: Rt, lock: Arc<Mutex<()>>) {
    events(&mut ())
        .once(load(&rt, &lock), async |(), ()| ())
        .once(rt.millis(10), async |(), ()| handle(&rt, &lock).await)
        .await;
}
