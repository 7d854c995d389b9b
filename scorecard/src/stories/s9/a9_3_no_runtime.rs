//! A9.3: the book's programs have one line that names a runtime: the first one.

use crate::executor::Executor;
use crate::measured::Measured;
use crate::stories::s6::programs;
use crate::story::{Case, Point, Stock};

const ENTRY: &str = "onpar::rt::local::run(";

pub(super) const POINT: Point = Point {
    name: "A9.3",
    what: "a program of the chapter names a runtime in one line, in which another may be named",
    cases: &[Case {
        what: "runtimes in programs",
        executors: &[Executor::Local],
        stock: Stock::Nothing(
            "`#[tokio::main]`, `tokio::time`, `tokio::spawn`, `tokio::sync`: in each line that needs one",
        ),
        onpar: |_| {
            let mut measured = Measured::new("tied to a runtime");
            for program in programs() {
                let entries = program.matches(ENTRY).count();
                let rest = program.replace(ENTRY, "");
                measured.count(entries != 1 || ["tokio", "smol", "rt::"].iter().any(|name| rest.contains(name)));
            }
            measured
        },
    }],
};
