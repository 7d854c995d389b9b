//! A9.1: what the book's programs name besides std, and what is built for it.

use std::env;
use std::process::Command;

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s6::programs;
use crate::story::{Case, Point, Stock};

/// Crates that are not of the family, when a book depends on `onpar` alone.
const MOST_OTHERS: u64 = 5;

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
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["tree", "--offline", "--prefix", "none", "--format", "{p}"]);
    let tree = cargo.args(["--edges", "normal,build", "--package", package]).output().expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8_lossy(&tree.stdout);
    let mut crates: Vec<_> = tree.lines().filter(|line| !line.starts_with(package)).collect();
    crates.retain(|line| !line.starts_with("onpar"));
    crates.sort_unstable();
    crates.dedup();
    let macros = crates.iter().filter(|line| line.contains("(proc-macro)")).count();
    let mut measured = Measured::new("many, or a macro");
    measured.count(crates.len() as u64 > MOST_OTHERS || macros > 0);
    measured.with(crates.len() as u64, "crates").with(macros as u64, "macros")
}
