//! A11.5: a call is cancelled at each of its awaits, by a timeout; what the method has open is closed before the caller goes on.

use alloc::boxed::Box;
use core::time::Duration;

use onpar_scope::timeout;

use crate::executor::{Executor, Rt};
use crate::measured::Measured;
use crate::stories::s11::visit::{BoxedVisit, Door, DynSendVisit, SendVisit, VISIT, Visit};
use crate::story::{Case, Point, Stock};

pub(super) const POINT: Point = Point {
    name: "A11.5",
    what: "a call that is cancelled has cleaned up before its caller goes on: static, in a task, and of an object",
    cases: &[
        Case {
            what: "static calls",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(with_async_trait),
            onpar: |executor| {
                executor.run_here(async |rt| {
                    let mut measured = Measured::new("left open");
                    for millis in 1..VISIT {
                        let door = Door::default();
                        _ = timeout(&rt, Duration::from_millis(millis), Visit::visit(&door, &rt)).await;
                        measured.count(door.is_open());
                    }
                    measured
                })
            },
        },
        Case {
            what: "calls in a task",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(with_async_trait),
            onpar: |executor| executor.run(async |rt| in_a_task(&rt, |door| Visit!(door)).await),
        },
        Case {
            what: "calls of an object",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(with_async_trait),
            onpar: |executor| {
                executor.run(async |rt| {
                    in_a_task(&rt, |door| -> Box<DynSendVisit<'static>> { Box::new(Visit!(door)) }).await
                })
            },
        },
    ],
};

/// Cancels after each millisecond, in code that knows nothing of the type but the trait.
async fn in_a_task<V: SendVisit + Sync>(rt: &Rt, of: impl Fn(Door) -> V) -> Measured {
    let mut measured = Measured::new("left open");
    for millis in 1..VISIT {
        let door = Door::default();
        let visitor = of(door.clone());
        _ = timeout(rt, Duration::from_millis(millis), visitor.visit(rt)).await;
        measured.count(door.is_open());
    }
    measured
}

fn with_async_trait(executor: Executor) -> Measured {
    executor.run(async |rt| {
        let mut measured = Measured::new("left open");
        for millis in 1..VISIT {
            let door = Door::default();
            let visitor: Box<dyn BoxedVisit + Send + Sync> = Box::new(door.clone());
            _ = rt.stock_timeout(millis, visitor.visit(&rt)).await;
            measured.count(door.is_open());
        }
        measured
    })
}
