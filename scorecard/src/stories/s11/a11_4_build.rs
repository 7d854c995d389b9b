//! A11.4: what a crate pays for having async traits: the proc-macros that it builds, and the time.
//!
//! Cargo is asked, and then set to work in a folder of its own, on what a crate of traits depends on: async-trait, or
//! `onpar-traits`. (The attribute is a proc-macro as well, behind the feature `macros`, for the crate that wants it: who
//! implements its trait, and who calls it, need not build it.)

use core::time::Duration;
use std::env;
use std::time::Instant;

use crate::cargo::{cargo, output};
use crate::executor::Executor;
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

/// A clean build adds less.
const LIMIT: Duration = Duration::from_secs(1);
/// The shortest of so many counts: what else the machine does only adds. So the first one that is short enough decides. What
/// takes several times as long needs only one.
const BUILDS: usize = 10;

pub(super) const POINT: Point = Point {
    name: "A11.4",
    what: "by default there is no proc-macro to build, and the trait crate builds in less than a second",
    cases: &[
        Case {
            what: "proc-macros in the build",
            // What is built is the same wherever it will run.
            executors: Executor::ALL,
            stock: Stock::GoesWrong(|_| proc_macros("async-trait")),
            onpar: |_| {
                let mut measured = proc_macros("onpar");
                for name in ["onpar-core", "onpar-traits"] {
                    measured.failures += proc_macros(name).failures;
                    measured.runs += 1;
                }
                measured
            },
        },
        Case {
            what: "clean build",
            executors: &[Executor::CurrentThread],
            stock: Stock::GoesWrong(|_| shortest_build("async-trait", 1)),
            onpar: |_| shortest_build("onpar-traits", BUILDS),
        },
    ],
};

/// The crates that are built for the compiler's own use, with the features that a crate has by default.
fn proc_macros(package: &str) -> Measured {
    let tree =
        output(&["tree", "--edges", "normal,build", "--prefix", "none", "--format", "{p}", "--package", package]);
    let found = tree.lines().filter(|line| line.contains("(proc-macro)") || line.starts_with("syn ")).count();
    let mut measured = Measured::new("build a proc-macro");
    measured.count(found > 0);
    measured.with(found as u64, "of them").with(tree.lines().count() as u64, "crates")
}

#[expect(clippy::disallowed_methods, reason = "a compiler takes real time")]
fn clean_build(package: &str) -> Duration {
    let folder = env::temp_dir().join(format!("scorecard-{package}-{}", std::process::id()));
    let started = Instant::now();
    let status = cargo()
        .args(["build", "--offline", "--quiet", "--package", package, "--target-dir"])
        .arg(&folder)
        .status()
        .expect("cargo runs");
    let took = started.elapsed();
    assert!(status.success(), "{package} builds");
    std::fs::remove_dir_all(&folder).expect("cargo made it");
    took
}

fn shortest_build(package: &str, builds: usize) -> Measured {
    let mut shortest = clean_build(package);
    for _ in 1..builds {
        if shortest < LIMIT {
            break;
        }
        shortest = shortest.min(clean_build(package));
    }
    let mut measured = Measured::new("take too long");
    measured.count(shortest >= LIMIT);
    measured.took(Executor::MultiThread, shortest)
}
