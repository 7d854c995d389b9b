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
/// What a build takes depends on the machine, and on what else that does. So where one is not on its side of the limit, both are
/// built so often, in turn, and the shortest of each are compared: the one takes so many times as long as the other.
const BUILDS: usize = 5;
const TIMES: u32 = 2;

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
            stock: Stock::GoesWrong(|_| {
                let took = clean_build("async-trait");
                if took >= LIMIT { measured(true, took) } else { compared().0 }
            }),
            onpar: |_| {
                let took = clean_build("onpar-traits");
                if took < LIMIT { measured(false, took) } else { compared().1 }
            },
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

fn measured(too_long: bool, took: Duration) -> Measured {
    let mut measured = Measured::new("take too long");
    measured.count(too_long);
    measured.took(Executor::MultiThread, took)
}

/// Both of them, by the shortest build of each.
fn compared() -> (Measured, Measured) {
    let (mut stock, mut onpar) = (Duration::MAX, Duration::MAX);
    for _ in 0..BUILDS {
        stock = stock.min(clean_build("async-trait"));
        onpar = onpar.min(clean_build("onpar-traits"));
        if stock >= TIMES * onpar {
            break;
        }
    }
    let longer = stock >= TIMES * onpar;
    let words = |other: Duration| format!("beside {} ms", other.as_millis());
    (measured(longer, stock).note(words(onpar)), measured(!longer, onpar).note(words(stock)))
}
