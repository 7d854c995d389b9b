//! A11.2: the same trait as a trait object, though the type that implements it knows nothing of that.
//!
//! The acceptance point allows a box a call. After the first calls there is none.

use alloc::boxed::Box;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s11::client::{
    AddOne, Boxed, Client, DynSendClient, DynSendVariant, Fitted, SendClient as _, SendVariant as _,
};
use crate::stories::s11::counted::Calls;
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A11.2",
    what: "the same trait is an object, and its calls allocate nothing once the program is under way",
    cases: &[
        Case {
            what: "object; async-trait",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| executor.run(async |_| with_async_trait(Box::new(AddOne)).await)),
            onpar: |executor| executor.run(async |_| with_onpar(Box::new(Client!(AddOne))).await),
        },
        Case {
            what: "object; dynosaur",
            executors: Executor::ALL,
            // It is no `Send + Sync` object here, so no task can have it.
            stock: Stock::GoesWrong(|executor| {
                executor.run_here(async |_| with_dynosaur(DynSendVariant::new_box(Fitted)).await)
            }),
            onpar: |executor| executor.run(async |_| with_onpar(Box::new(Client!(AddOne))).await),
        },
    ],
};

async fn with_async_trait(client: Box<dyn Boxed + Send + Sync>) -> Measured {
    let mut calls = Calls::default();
    for request in Calls::ALL {
        calls.count(request, async { client.perform(request).await }).await;
    }
    calls.measured()
}

async fn with_dynosaur(client: Box<DynSendVariant<'static>>) -> Measured {
    let mut calls = Calls::default();
    for request in Calls::ALL {
        calls.count(request, async { client.perform(request).await }).await;
    }
    calls.measured()
}

async fn with_onpar(client: Box<DynSendClient<'static>>) -> Measured {
    let mut calls = Calls::default();
    for request in Calls::ALL {
        calls.count(request, async { client.perform(request).await }).await;
    }
    calls.measured()
}
