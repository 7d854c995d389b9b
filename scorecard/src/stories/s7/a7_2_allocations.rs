//! A7.2: what onpar's layer over tokio allocates, beside tokio by itself.

use core::future::poll_fn;
use core::pin::pin;
use core::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use onpar_core::{Clock as _, Spawn as _};
use onpar_rt::tokio_1;
use onpar_test::allocations;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

const RUNS: u64 = 1000;
const SHORT: Duration = Duration::from_micros(1);

pub(super) const POINT: Point = Point {
    name: "A7.2",
    what: "the layer over tokio allocates nothing an await, and at most once a task beside tokio's own",
    cases: &[
        Case {
            what: "spawn and join",
            executors: &[Executor::CurrentThread],
            stock: Stock::GoesWrong(|_| {
                tokio_1::run_current_thread(async |rt| {
                    // As crates do that are to run anywhere: the task is boxed, and its output comes by a channel.
                    count(1, async || {
                        let (sender, output) = futures::channel::oneshot::channel();
                        let task: BoxFuture<'static, ()> = async { _ = sender.send(1) }.boxed();
                        drop(rt.handle().spawn(task));
                        _ = output.await;
                    })
                    .await
                })
            }),
            onpar: |_| {
                tokio_1::run_current_thread(async |rt| count(1, async || drop(rt.spawn(async { 1 }).await)).await)
            },
        },
        Case {
            what: "sleep",
            executors: &[Executor::CurrentThread],
            stock: Stock::GoesWrong(|_| {
                tokio_1::run_current_thread(async |_| {
                    count(0, async || {
                        let sleep: BoxFuture<'static, ()> = tokio::time::sleep(SHORT).boxed();
                        sleep.await;
                    })
                    .await
                })
            }),
            onpar: |_| tokio_1::run_current_thread(async |rt| count(0, async || rt.sleep(SHORT).await).await),
        },
    ],
};

/// How often the program allocates more than that, beside the one that tokio's task is. The first run is not counted.
async fn count(most: u64, program: impl AsyncFn()) -> Measured {
    let mut measured = Measured::new("allocate more");
    let mut all = 0;
    for run in 0..=RUNS {
        let mut program = pin!(program());
        let mut count = 0;
        poll_fn(|cx| {
            let (poll, allocated) = allocations(|| program.as_mut().poll(cx));
            count += allocated.count;
            poll
        })
        .await;
        if run > 0 {
            measured.count(count > most);
            all += count;
        }
    }
    measured.with(all, "allocations")
}
