//! A3.1: more chunks than the channels hold.

use crate::executor::Executor;
use crate::executor::stuck::unless_stuck;
use crate::measured::Measured;
use crate::stories::s3::chunk::Chunks;
use crate::stories::s3::host::{Answer, Host, Manners};
use crate::stories::s3::source::Source;
use crate::stories::s3::tools::Tools;
use crate::story::{Case, Point, Stock};

const FEW: u64 = 10;
const MANY: u64 = 10_000;
const HOSTS: u64 = 3;
/// For each host one that waits in its channel, and one that waits to get there.
const MOST_ALIVE: u64 = HOSTS * 2;

pub(super) const POINT: Point = Point {
    name: "A3.1",
    what: "many chunks go through channels of one place, and what is sent and received borrows",
    cases: &[
        Case {
            what: "10 chunks to 3 hosts",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| send(executor, Tools::Unordered, FEW)),
            onpar: |executor| send(executor, Tools::Onpar, FEW),
        },
        Case {
            what: "10000 chunks to 3 hosts",
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|executor| send(executor, Tools::Unordered, MANY)),
            onpar: |executor| send(executor, Tools::Onpar, MANY),
        },
        Case {
            what: "10000 chunks; moro",
            executors: Executor::ALL,
            stock: Stock::GoesRight(|executor| send(executor, Tools::Moro, MANY)),
            onpar: |executor| send(executor, Tools::Onpar, MANY),
        },
    ],
};

fn send(executor: Executor, tools: Tools, chunks: u64) -> Measured {
    executor.run(async move |rt| {
        let (hosts, alive) = (Host::three(Manners::Takes, 0), Chunks::default());
        let answer = unless_stuck(&rt, tools.broadcast(&hosts, &rt, &alive, Source::Has(chunks))).await;
        let mut measured = Measured::new("stuck");
        measured.count(answer != Some(Ok(HOSTS * chunks)) || alive.most_alive() > MOST_ALIVE);
        measured.with(answer.and_then(Answer::ok).unwrap_or(0), "taken").with(alive.most_alive(), "alive at most")
    })
}
