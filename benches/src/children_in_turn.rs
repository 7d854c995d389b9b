//! Children that are spawned and end in turn, in something that lives long: the steady state.

use core::hint::black_box;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use futures_concurrency::future::FutureGroup;
use onpar_scope::scope;
use tokio::task::JoinSet;

use crate::case::{Case, Side};
use crate::drive::{drive, runtime};

pub(crate) const CASES: &[Case] =
    &[Case::new("children_in_turn", with_onpar, with_futures).beside("FuturesUnordered").and(&[
        Side::new("tokio", with_tokio),
        Side::new("futures-concurrency", with_futures_concurrency),
        Side::new("moro", with_moro),
    ])];

#[expect(clippy::unused_async, reason = "a child is a future")]
async fn child(number: u64) -> u64 {
    black_box(number)
}

fn with_onpar(iterations: u64) {
    drive(scope(async |s| {
        for number in 0..iterations {
            black_box(s.spawn(child(number)).await);
        }
    }));
}

fn with_futures(iterations: u64) {
    drive(async {
        let mut set = FuturesUnordered::new();
        for number in 0..iterations {
            set.push(child(number));
            black_box(set.next().await);
        }
    });
}

fn with_tokio(iterations: u64) {
    runtime().block_on(async {
        let mut set = JoinSet::new();
        for number in 0..iterations {
            set.spawn(child(number));
            let _ = black_box(set.join_next().await);
        }
    });
}

fn with_futures_concurrency(iterations: u64) {
    drive(async {
        let mut group = core::pin::pin!(FutureGroup::with_capacity(1));
        for number in 0..iterations {
            group.insert(child(number));
            black_box(group.next().await);
        }
    });
}

fn with_moro(iterations: u64) {
    drive(moro::async_scope!(|s| {
        for number in 0..iterations {
            black_box(s.spawn(child(number)).await);
        }
    }));
}
