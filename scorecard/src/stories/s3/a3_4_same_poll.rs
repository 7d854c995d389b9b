//! A3.4: two requests fail in the same poll.
//!
//! The first in time is the cause; of two that fail at once it is that which was started first. The other may be what helps
//! to find out, so it must not be lost. What had no time to fail, because it was cancelled, has no error.

use futures::channel::oneshot::{self, Receiver, Sender};
use futures::future::join;
use futures::stream::{FuturesUnordered, TryStreamExt as _};
use onpar_scope::{Failure, try_scope};
use tokio::task::yield_now;

use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

const RUNS: usize = 100;

pub(super) const POINT: Point = Point {
    name: "A3.4",
    what: "of two errors in one poll the first is the primary one, and the other stands beside it",
    cases: &[Case {
        what: "2 requests fail",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(with_stock_tools),
        onpar: with_onpar,
    }],
};

/// Of the requests, in the order in which they are started.
const ERRORS: [&str; 2] = ["the first", "the second"];

/// How they fail.
#[derive(Clone, Copy, Debug)]
enum When {
    /// Both in their first poll.
    AtOnce,
    /// Both in a later one, the second first.
    InReverse,
    /// The second, and the first one millisecond later.
    Apart,
}

const WAYS: [When; 3] = [When::AtOnce, When::InReverse, When::Apart];

impl When {
    /// Which errors the caller has to hear of, the cause first.
    const fn errors(self) -> &'static [usize] {
        match self {
            Self::AtOnce => &[0, 1],
            Self::InReverse => &[1, 0],
            Self::Apart => &[1],
        }
    }

    /// Opens the gates at which the requests wait.
    async fn open(self, rt: &Rt, [first, second]: [Sender<()>; 2]) {
        if !matches!(self, Self::AtOnce) {
            // The requests have been polled by then.
            yield_now().await;
        }
        drop(second);
        if matches!(self, Self::Apart) {
            rt.millis(1).await;
        }
        drop(first);
    }
}

async fn request(gate: Receiver<()>, error: &'static str) -> Result<(), &'static str> {
    let _open = gate.await;
    Err(error)
}

/// Gives the errors that the caller hears of.
async fn stock(rt: &Rt, when: When) -> Vec<&'static str> {
    let [(first, gate_of_first), (second, gate_of_second)] = [oneshot::channel(), oneshot::channel()];
    let gates = [gate_of_first, gate_of_second];
    let requests: FuturesUnordered<_> = gates.into_iter().zip(ERRORS).map(|it| request(it.0, it.1)).collect();
    let ((), answered) = join(when.open(rt, [first, second]), requests.try_collect::<Vec<()>>()).await;
    answered.err().into_iter().collect()
}

/// Gives the errors that the caller hears of.
async fn onpar(rt: &Rt, when: When) -> Vec<&'static str> {
    let answered = try_scope(async |s| {
        let [(first, gate_of_first), (second, gate_of_second)] = [oneshot::channel(), oneshot::channel()];
        for (gate, error) in [gate_of_first, gate_of_second].into_iter().zip(ERRORS) {
            drop(s.spawn(request(gate, error)));
        }
        when.open(rt, [first, second]).await;
        Ok(())
    });
    answered.await.err().iter().flat_map(Failure::iter).copied().collect()
}

fn count(measured: &mut Measured, when: When, told: &[&'static str]) {
    let expected = when.errors().iter().map(|&error| &ERRORS[error]);
    measured.count(!told.iter().eq(expected));
}

fn with_stock_tools(executor: Executor) -> Measured {
    executor.run(async |rt| {
        let mut measured = Measured::new("errors lost");
        for when in [WAYS; RUNS].into_iter().flatten() {
            count(&mut measured, when, &stock(&rt, when).await);
        }
        measured
    })
}

fn with_onpar(executor: Executor) -> Measured {
    executor.run(async |rt| {
        let mut measured = Measured::new("errors lost");
        for when in [WAYS; RUNS].into_iter().flatten() {
            count(&mut measured, when, &onpar(&rt, when).await);
        }
        measured
    })
}
