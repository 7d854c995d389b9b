//! A9.1: what the book's programs name besides std, and what is built for it.

#[path = "../../../../xtask/src/foreign_crates.rs"]
mod foreign_crates;

use crate::cargo::output;
use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s6::programs;
use crate::story::{Case, Point, Stock};

use self::foreign_crates::{METADATA, MOST, foreign, tree};

pub(super) const POINT: Point = Point {
    name: "A9.1",
    what: "a chapter needs one crate besides std, which brings at most 5 others and nothing to run at build time",
    cases: &[
        Case {
            what: "crates that a program names",
            executors: &[Executor::Local],
            stock: Stock::Nothing("the same programs name tokio, futures and tokio-stream"),
            onpar: |_| {
                let mut measured = Measured::new("name another crate");
                for program in programs() {
                    let uses = program.lines().filter_map(|line| line.trim_start().strip_prefix("use "));
                    let known = |path: &str| ["onpar::", "std::"].iter().any(|start| path.starts_with(start));
                    measured.count(!uses.into_iter().all(known));
                }
                measured
            },
        },
        Case {
            what: "what is built; tokio",
            executors: &[Executor::Local],
            stock: Stock::GoesWrong(|_| built("tokio")),
            onpar: |_| built("onpar"),
        },
    ],
};

fn built(package: &str) -> Measured {
    let metadata = serde_json::from_str(&output(&METADATA)).expect("cargo writes JSON");
    let mut crates = foreign(&output(&tree(package)), &metadata).expect("cargo has its form");
    crates.retain(|one| one.name != package);
    let run = crates.iter().filter(|one| one.runs.is_some()).count();
    let mut measured = Measured::new("many, or something runs");
    measured.count(crates.len() > MOST || run > 0);
    measured.with(crates.len() as u64, "crates").with(run as u64, "run while it is built")
}
