//! Many children that are started together and then run: ready at their first poll, or pending once. Beside what else holds
//! futures in one task, and tokio's tasks on one thread.
//!
//! What one child costs must not depend on how many there are.

use core::hint::black_box;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use futures_concurrency::prelude::*;
use onpar_scope::scope;
use tokio::task::JoinSet;

use crate::case::{Case, Side};
use crate::drive::{drive, runtime};
use crate::yield_once::YieldOnce;

pub(crate) const CASES: &[Case] = &[
    few::<false, 1_000>("children_ready_1k"),
    few::<false, 10_000>("children_ready_10k"),
    few::<false, 100_000>("children_ready_100k").and(&others::<false, 100_000>()),
    few::<false, 1_000_000>("children_ready_1m"),
    few::<true, 1_000>("children_pending_1k"),
    few::<true, 10_000>("children_pending_10k"),
    few::<true, 100_000>("children_pending_100k").and(&others::<true, 100_000>()),
    few::<true, 1_000_000>("children_pending_1m"),
    Case::new("children_awaited_100k", awaited_with_onpar::<100_000>, with_futures::<false, 100_000>)
        .beside("FuturesUnordered")
        .and(&[Side::new("tokio", awaited_with_tokio::<100_000>)])
        .units(100_000),
];

const fn few<const PENDING: bool, const COUNT: u32>(name: &'static str) -> Case {
    Case::new(name, with_onpar::<PENDING, COUNT>, with_futures::<PENDING, COUNT>)
        .beside("FuturesUnordered")
        .units(COUNT)
}

const fn others<const PENDING: bool, const COUNT: u32>() -> [Side; 4] {
    [
        Side::new("tokio", with_tokio::<PENDING, COUNT>),
        Side::new("futures-concurrency", with_futures_concurrency::<PENDING, COUNT>),
        Side::new("moro", with_moro::<PENDING, COUNT>),
        Side::new("join_me_maybe", with_join_me_maybe::<PENDING, COUNT>),
    ]
}

/// The same on all sides.
async fn child<const PENDING: bool>(number: u32) -> u32 {
    if PENDING {
        YieldOnce::default().await;
    }
    black_box(number)
}

fn children<const PENDING: bool, const COUNT: u32>() -> impl Iterator<Item = impl Future<Output = u32> + Send> {
    (0..COUNT).map(child::<PENDING>)
}

fn with_onpar<const PENDING: bool, const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(scope(async |s| {
            for child in children::<PENDING, COUNT>() {
                drop(s.spawn(child));
            }
        }));
    }
}

fn with_futures<const PENDING: bool, const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(async {
            let mut set: FuturesUnordered<_> = children::<PENDING, COUNT>().collect();
            while let Some(output) = set.next().await {
                black_box(output);
            }
        });
    }
}

fn with_tokio<const PENDING: bool, const COUNT: u32>(iterations: u64) {
    runtime().block_on(async {
        for _ in 0..iterations {
            let mut set: JoinSet<_> = (0..COUNT).map(child::<PENDING>).collect();
            while let Some(output) = set.join_next().await {
                let _ = black_box(output);
            }
        }
    });
}

fn with_futures_concurrency<const PENDING: bool, const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(async { black_box(children::<PENDING, COUNT>().collect::<Vec<_>>().join().await) });
    }
}

fn with_moro<const PENDING: bool, const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(moro::async_scope!(|s| {
            for child in children::<PENDING, COUNT>() {
                drop(s.spawn(child));
            }
        }));
    }
}

fn with_join_me_maybe<const PENDING: bool, const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(async {
            let set: FuturesUnordered<_> = children::<PENDING, COUNT>().collect();
            join_me_maybe::join!(output in set => {
                black_box(output);
            });
        });
    }
}

/// All handles are kept, and then awaited one after another.
fn awaited_with_onpar<const COUNT: u32>(iterations: u64) {
    for _ in 0..iterations {
        drive(scope(async |s| {
            let handles: Vec<_> = children::<false, COUNT>().map(|child| s.spawn(child)).collect();
            for handle in handles {
                black_box(handle.await);
            }
        }));
    }
}

fn awaited_with_tokio<const COUNT: u32>(iterations: u64) {
    runtime().block_on(async {
        for _ in 0..iterations {
            let handles: Vec<_> = (0..COUNT).map(|number| tokio::spawn(child::<false>(number))).collect();
            for handle in handles {
                let _ = black_box(handle.await);
            }
        }
    });
}
