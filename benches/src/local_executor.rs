//! The local executor beside tokio's on one thread: starting a task and joining it, and a task that yields.

use core::hint::black_box;

use onpar_core::SpawnLocal as _;
use onpar_rt::local;
use tokio::task::LocalSet;

use crate::Case;
use crate::drive::runtime;
use crate::yield_once::YieldOnce;

pub(crate) const CASES: &[Case] = &[
    Case::new("local_spawn_join", spawn_with_onpar, spawn_with_tokio).beside("tokio"),
    Case::new("local_spawn_join_1000", join_many_with_onpar, join_many_with_tokio).beside("tokio").units(MANY),
    Case::new("local_yield", yield_with_onpar, yield_with_tokio).beside("tokio"),
];

/// How many tasks are alive at once: more than any queue has room for at first.
const MANY: u32 = 1000;

fn spawn_with_onpar(iterations: u64) {
    local::run(async |rt| {
        for i in 0..iterations {
            let _ = black_box(rt.spawn_local(async move { black_box(i) }).await);
        }
    });
}

fn spawn_with_tokio(iterations: u64) {
    LocalSet::new().block_on(&runtime(), async {
        for i in 0..iterations {
            let _ = black_box(tokio::task::spawn_local(async move { black_box(i) }).await);
        }
    });
}

fn join_many_with_onpar(iterations: u64) {
    local::run(async |rt| {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..MANY).map(|i| rt.spawn_local(async move { black_box(i) })).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    });
}

fn join_many_with_tokio(iterations: u64) {
    LocalSet::new().block_on(&runtime(), async {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..MANY).map(|i| tokio::task::spawn_local(async move { black_box(i) })).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    });
}

fn yield_with_onpar(iterations: u64) {
    local::run(async |rt| {
        let task = rt.spawn_local(yields(iterations));
        let _ = black_box(task.await);
    });
}

fn yield_with_tokio(iterations: u64) {
    LocalSet::new().block_on(&runtime(), async {
        let task = tokio::task::spawn_local(yields(iterations));
        let _ = black_box(task.await);
    });
}

async fn yields(iterations: u64) {
    for _ in 0..iterations {
        YieldOnce::default().await;
    }
}
