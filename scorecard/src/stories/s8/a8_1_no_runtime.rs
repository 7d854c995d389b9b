//! A8.1: what a library of a protocol brings along.

use crate::cargo::output;
use crate::executor::Executor;
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

const RUNTIMES: [&str; 8] =
    ["tokio ", "smol ", "async-std ", "async-executor ", "async-io ", "embassy-executor ", "compio ", "monoio "];

pub(super) const POINT: Point = Point {
    name: "A8.1",
    what: "a library that listens, starts tasks and has deadlines depends on no runtime",
    cases: &[Case {
        what: "dependencies; sqlx",
        executors: &[Executor::Local],
        stock: Stock::GoesWrong(|_| tree("sqlx-core")),
        onpar: |_| tree("slow-proto"),
    }],
};

fn tree(package: &str) -> Measured {
    let tree = output(&["tree", "--prefix", "none", "--format", "{p}", "--edges", "normal", "--package", package]);
    let tied = tree.lines().filter(|line| RUNTIMES.iter().any(|name| line.starts_with(name))).count();
    let mut measured = Measured::new("name a runtime");
    measured.count(tied > 0);
    measured.with(tree.lines().count() as u64 - 1, "dependencies")
}
