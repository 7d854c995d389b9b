//! A7.3: a dependency starts tasks and timers of tokio's; the program runs on smol.

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::panic::catch_unwind;

use onpar_rt::smol_2;
use onpar_rt::tokio_1::Compat;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::silence::silently;
use crate::story::{Case, Point, Stock};

const RUNS: u64 = 100;

pub(super) const POINT: Point = Point {
    name: "A7.3",
    what: "a dependency that wants tokio around it runs in the smol build, by a documented bridge",
    cases: &[Case {
        what: "tasks and timers",
        executors: &[Executor::Smol],
        stock: Stock::GoesWrong(|_| run(|| smol_2::run(async |_| dependency().await))),
        onpar: |_| {
            let compat = Compat::new().expect("there is room for a thread");
            run(|| smol_2::run(async |_| compat.run(dependency()).await))
        },
    }],
};

async fn dependency() -> u64 {
    let task = tokio::spawn(async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        42
    });
    tokio::time::timeout(Duration::from_mins(1), task).await.map_or(0, |output| output.unwrap_or(0))
}

fn run(program: impl Fn() -> u64) -> Measured {
    let mut measured = Measured::new("panic");
    for _ in 0..RUNS {
        let output = silently(|| catch_unwind(AssertUnwindSafe(&program)));
        measured.count(!matches!(output, Ok(42)));
    }
    measured
}
