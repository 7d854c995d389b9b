//! The local executor beside those of tokio and smol on one thread: starting a task and joining it, tasks that yield, and many
//! timers at once.
//!
//! `tokio` is `tokio::spawn` on a runtime of one thread, `tokio_set` its `LocalSet`, which is what takes tasks that are not
//! `Send`.

use core::hint::black_box;
use core::time::Duration;

use onpar_core::{Clock as _, SpawnLocal as _};
use onpar_rt::local;
use tokio::task::LocalSet;

use crate::drive::{runtime, runtime_with_time};
use crate::yield_once::YieldOnce;
use crate::{Case, Side};

pub(crate) const CASES: &[Case] = &[
    Case::new("local_spawn_join", spawn_with_onpar, spawn_with_tokio)
        .beside("tokio")
        .and(&[Side::new("tokio_set", spawn_with_tokio_set), Side::new("smol", spawn_with_smol)]),
    Case::new("local_spawn_join_1000", join_many_with_onpar, join_many_with_tokio)
        .beside("tokio")
        .units(MANY)
        .and(&[Side::new("tokio_set", join_many_with_tokio_set), Side::new("smol", join_many_with_smol)]),
    Case::new("local_yield", yield_with_onpar, yield_with_tokio)
        .beside("tokio")
        .and(&[Side::new("tokio_set", yield_with_tokio_set), Side::new("smol", yield_with_smol)]),
    Case::new("local_yield_100", yield_many_with_onpar, yield_many_with_tokio)
        .beside("tokio")
        .units(YIELDING)
        .and(&[Side::new("tokio_set", yield_many_with_tokio_set), Side::new("smol", yield_many_with_smol)]),
    Case::new("local_timers", timers_with_onpar, timers_with_tokio)
        .beside("tokio")
        .units(TIMERS)
        .and(&[Side::new("smol", timers_with_smol)]),
];

/// How many tasks are alive at once: more than any queue has room for at first.
const MANY: u32 = 1000;
/// How many tasks yield in turn.
const YIELDING: u32 = 100;
/// How many timers are set at once.
const TIMERS: u32 = 10_000;

fn spawn_with_tokio(iterations: u64) {
    runtime().block_on(async {
        for i in 0..iterations {
            let _ = black_box(tokio::spawn(async move { black_box(i) }).await);
        }
    });
}

fn spawn_with_smol(iterations: u64) {
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(async {
        for i in 0..iterations {
            let _ = black_box(executor.spawn(async move { black_box(i) }).await);
        }
    }));
}

fn join_many_with_tokio(iterations: u64) {
    runtime().block_on(async {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..MANY).map(|i| tokio::spawn(async move { black_box(i) })).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    });
}

fn join_many_with_smol(iterations: u64) {
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(async {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..MANY).map(|i| executor.spawn(async move { black_box(i) })).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    }));
}

fn yield_with_tokio(iterations: u64) {
    runtime().block_on(async {
        let task = tokio::spawn(yields(iterations));
        let _ = black_box(task.await);
    });
}

fn yield_with_smol(iterations: u64) {
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(executor.spawn(yields(iterations))));
}

fn yield_many_with_onpar(iterations: u64) {
    local::run(async |rt| {
        let tasks: Vec<_> = (0..YIELDING).map(|_| rt.spawn_local(yields(iterations))).collect();
        for task in tasks {
            let _ = black_box(task.await);
        }
    });
}

fn yield_many_with_tokio(iterations: u64) {
    runtime().block_on(async {
        let tasks: Vec<_> = (0..YIELDING).map(|_| tokio::spawn(yields(iterations))).collect();
        for task in tasks {
            let _ = black_box(task.await);
        }
    });
}

fn yield_many_with_tokio_set(iterations: u64) {
    LocalSet::new().block_on(&runtime(), async {
        let tasks: Vec<_> = (0..YIELDING).map(|_| tokio::task::spawn_local(yields(iterations))).collect();
        for task in tasks {
            let _ = black_box(task.await);
        }
    });
}

fn yield_many_with_smol(iterations: u64) {
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(async {
        let tasks: Vec<_> = (0..YIELDING).map(|_| executor.spawn(yields(iterations))).collect();
        for task in tasks {
            task.await;
        }
    }));
}

/// When timer `number` ends: in an order that is neither that of setting nor its reverse (7919 is a prime), within 5 ms.
fn after(number: u32) -> Duration {
    Duration::from_nanos(u64::from(number * 7919 % TIMERS) * 500)
}

fn timers_with_onpar(iterations: u64) {
    local::run(async |rt| {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..TIMERS).map(|number| rt.spawn_local(rt.sleep(after(number)))).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    });
}

fn timers_with_tokio(iterations: u64) {
    runtime_with_time().block_on(async {
        for _ in 0..iterations {
            let tasks: Vec<_> = (0..TIMERS).map(|number| tokio::spawn(tokio::time::sleep(after(number)))).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    });
}

fn timers_with_smol(iterations: u64) {
    let executor = smol::LocalExecutor::new();
    smol::block_on(executor.run(async {
        for _ in 0..iterations {
            let timer = |number| async move { smol::Timer::after(after(number)).await };
            let tasks: Vec<_> = (0..TIMERS).map(|number| executor.spawn(timer(number))).collect();
            for task in tasks {
                let _ = black_box(task.await);
            }
        }
    }));
}

fn spawn_with_onpar(iterations: u64) {
    local::run(async |rt| {
        for i in 0..iterations {
            let _ = black_box(rt.spawn_local(async move { black_box(i) }).await);
        }
    });
}

fn spawn_with_tokio_set(iterations: u64) {
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

fn join_many_with_tokio_set(iterations: u64) {
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

fn yield_with_tokio_set(iterations: u64) {
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
