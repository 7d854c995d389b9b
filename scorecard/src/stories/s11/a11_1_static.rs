//! A11.1: a trait of plain `async fn`s, implemented without a macro, used by generic code.
//!
//! That it needs neither std nor a heap, `cargo xtask no-std` shows.

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s11::client::{AddOne, Boxed, Client, SendClient};
use crate::stories::s11::counted::Calls;
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A11.1",
    what: "generic code calls a plain async trait, on this thread and in tasks, without an allocation",
    cases: &[
        Case {
            what: "generic calls; async-trait",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| executor.run(async |_| with_async_trait(AddOne).await)),
            onpar: |executor| executor.run_here(async |_| with_onpar(AddOne).await),
        },
        Case {
            what: "in a task; async-trait",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| executor.run(async |_| with_async_trait(AddOne).await)),
            onpar: |executor| executor.run(async |_| with_onpar_in_a_task(Client!(AddOne)).await),
        },
    ],
};

async fn with_async_trait(client: impl Boxed) -> Measured {
    let mut calls = Calls::default();
    for request in Calls::ALL {
        calls.count(request, async { client.perform(request).await }).await;
    }
    calls.measured()
}

async fn with_onpar(client: impl Client) -> Measured {
    let mut calls = Calls::default();
    for request in Calls::ALL {
        calls.count(request, async { client.perform(request).await }).await;
    }
    calls.measured()
}

async fn with_onpar_in_a_task(client: impl SendClient + Sync) -> Measured {
    let mut calls = Calls::default();
    for request in Calls::ALL {
        calls.count(request, async { client.perform(request).await }).await;
    }
    calls.measured()
}
