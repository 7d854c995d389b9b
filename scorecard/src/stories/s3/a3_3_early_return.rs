//! A3.3: the function that sends leaves by `?`, since it cannot read the next chunk.

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s3::chunk::Chunks;
use crate::stories::s3::host::{Host, Manners, UNREADABLE};
use crate::stories::s3::source::Source;
use crate::stories::s3::tools::Tools;
use crate::story::{Case, Point, Stock};

const RUNS: u64 = 50;

pub(super) const POINT: Point = Point {
    name: "A3.3",
    what: "when the sending loop leaves by `?`, all requests have been closed before the function returns, and no task is left",
    cases: &[Case {
        what: "chunk 4 unreadable, `?`",
        executors: Executor::ALL,
        stock: Stock::GoesWrong(|executor| leave(executor, Tools::Task)),
        onpar: |executor| leave(executor, Tools::Onpar),
    }],
};

fn leave(executor: Executor, tools: Tools) -> Measured {
    executor.run(async move |rt| {
        let mut measured = Measured::new("left running");
        let (mut left_open, mut left_alive) = (0, 0);
        let before = rt.tasks_alive();
        for _ in 0..RUNS {
            let hosts = Host::three(Manners::Takes, 1);
            let answer = tools.broadcast(&hosts, &rt, &Chunks::default(), Source::Fails(4)).await;
            let (open, alive) = (Host::open(&hosts), rt.tasks_alive() - before);
            let cancelled = Host::answered(&hosts) == 0;
            measured.count(answer != Err(UNREADABLE) || !cancelled || open > 0 || alive > 0);
            left_open += open;
            left_alive += alive as u64;
            // What is left would be counted again by the next run.
            while rt.tasks_alive() > before {
                rt.millis(1).await;
            }
        }
        measured.with(left_open, "open").with(left_alive, "tasks")
    })
}
