//! A1.1: a timeout around a function that connects, then the next connection at once.

use alloc::sync::Arc;
use core::time::Duration;

use onpar_scope::timeout;

use crate::executor::Executor;
use crate::executor::lanes::lanes;
use crate::measured::Measured;
use crate::stories::s1::server::{AlreadyOpen, Server};
use crate::stories::s1::{onpar, stock};
use crate::story::{Case, Point, Stock};

const RUNS: u64 = 1000;
/// In milliseconds: enough to connect, which takes 1, and not for the query, which takes 50.
const DEADLINE: u64 = 10;

pub(super) const POINT: Point = Point {
    name: "A1.1",
    what: "after a timeout the next connection finds the server closed",
    cases: &[Case {
        what: "timeout 10 ms, reconnect",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(with_stock_tools),
        onpar: with_onpar,
    }],
};

fn with_stock_tools(executor: Executor) -> Measured {
    executor.run(async |rt| {
        lanes(&rt, RUNS, async |rt, runs| {
            let server = Arc::<Server>::default();
            let mut measured = Measured::new("AlreadyOpen");
            for _ in 0..runs {
                let result = rt.stock_timeout(DEADLINE, stock::do_the_thing(&server, &rt)).await;
                measured.count(result == Some(Err(AlreadyOpen)));
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
            let mut measured = Measured::new("AlreadyOpen");
            for _ in 0..runs {
                let result = timeout(&rt, Duration::from_millis(DEADLINE), onpar::do_the_thing(&server, &rt)).await;
                measured.count(result == Ok(Err(AlreadyOpen)));
            }
            measured.failures += server.opens().abs_diff(server.closes());
            measured.with(server.opens(), "opened").with(server.closes(), "closed")
        })
        .await
    })
}
