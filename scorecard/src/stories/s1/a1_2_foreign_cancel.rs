//! A1.2: code that knows nothing of onpar cancels a function that connects, inside a scope.

use alloc::sync::Arc;
use core::pin::{Pin, pin};

use futures::future::{Either, FutureExt as _, select};
use futures::stream::{FuturesUnordered, StreamExt as _};
use onpar_scope::scope;

use crate::executor::lanes::lanes;
use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s1::server::Server;
use crate::stories::s1::{onpar, stock};
use crate::story::{Case, Point, Stock};

const RUNS: u64 = 1000;
/// In milliseconds: enough to connect, which takes 1, and not for the query, which takes 50.
const DEADLINE: u64 = 10;
/// Longer than a close takes, so that no run disturbs the next.
const PAUSE: u64 = 20;

pub(super) const POINT: Point = Point {
    name: "A1.2",
    what: "whatever cancels inside a scope: when the scope returns, the server is closed",
    cases: &[Case {
        what: "cancelled 4 foreign ways",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(with_stock_tools),
        onpar: with_onpar,
    }],
};

#[derive(Clone, Copy)]
enum Way {
    /// `tokio::time::timeout`, or its like on the foreign executor.
    Timeout,
    /// `futures::select!`.
    SelectMacro,
    /// A `Box<dyn Future>` that is polled for a while, and dropped.
    DynBox,
    /// A `FuturesUnordered` that is dropped.
    Unordered,
}

const WAYS: [Way; 4] = [Way::Timeout, Way::SelectMacro, Way::DynBox, Way::Unordered];

/// Runs `future`, and drops it in this way when the deadline comes.
async fn cancel(way: Way, rt: &Rt, future: impl Future + Send) {
    let deadline = rt.millis(DEADLINE);
    match way {
        Way::Timeout => drop(rt.stock_timeout(DEADLINE, future).await),
        Way::SelectMacro => {
            futures::select! {
                _ = pin!(future.fuse()) => {}
                () = pin!(deadline.fuse()) => {}
            }
        }
        Way::DynBox => {
            let boxed: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(future.map(drop));
            if let Either::Right(((), unfinished)) = select(boxed, pin!(deadline)).await {
                drop(unfinished);
            }
        }
        Way::Unordered => {
            let mut unordered: FuturesUnordered<_> = core::iter::once(future.map(drop)).collect();
            select(unordered.next(), pin!(deadline)).await;
        }
    }
}

fn with_stock_tools(executor: Executor) -> Measured {
    executor.run(async |rt| {
        lanes(&rt, RUNS, async |rt, runs| {
            let server = Arc::<Server>::default();
            let mut measured = Measured::new("left open");
            for way in WAYS {
                for _ in 0..runs {
                    cancel(way, &rt, stock::do_the_thing(&server, &rt)).await;
                    measured.count(server.is_open());
                    rt.millis(PAUSE).await;
                }
            }
            measured.with(server.opens(), "opened").with(server.closes(), "closed")
        })
        .await
    })
}

fn with_onpar(executor: Executor) -> Measured {
    executor.run(async |rt| {
        lanes(&rt, RUNS, async |rt, runs| {
            let server = Arc::<Server>::default();
            let mut measured = Measured::new("left open");
            for way in WAYS {
                for _ in 0..runs {
                    scope(async |_| cancel(way, &rt, onpar::do_the_thing(&server, &rt)).await).await;
                    measured.count(server.is_open());
                }
            }
            measured.failures += server.opens().abs_diff(server.closes());
            measured.with(server.opens(), "opened").with(server.closes(), "closed")
        })
        .await
    })
}
