//! A5.2: calls without the value that they need.
//!
//! Tokio's take no such value, so nothing can be refused: the calls of A5.1 have compiled, and fail when they run. What the compiler
//! says of onpar's is held by the UI tests, whose records are read here.

use super::a5_1_anywhere::tokios;
use crate::executor::Executor;
use crate::measured::Measured;
use crate::story::{Case, Point, Stock};

/// What is missing, and what the compiler says.
const REFUSED: [(&str, &str); 9] = [
    ("Clock", include_str!("../../../../tests/ui/timeout_without_a_clock.stderr")),
    ("Clock", include_str!("../../../../tests/ui/interval_without_a_clock.stderr")),
    ("Clock", include_str!("../../../../tests/ui/cleanup_budget_without_a_clock.stderr")),
    ("Clock", include_str!("../../../../tests/ui/stream_that_takes_a_clock_without_one.stderr")),
    ("Spawn", include_str!("../../../../tests/ui/spawner_that_is_none.stderr")),
    ("Spawn", include_str!("../../../../tests/ui/task_on_a_runtime_of_one_thread.stderr")),
    ("Spawn", include_str!("../../../../tests/ui/local_executor_as_a_spawner_of_many_threads.stderr")),
    ("SpawnLocal", include_str!("../../../../tests/ui/spawner_of_this_thread_that_is_none.stderr")),
    ("Blocking", include_str!("../../../../tests/ui/blocking_call_where_there_are_no_threads.stderr")),
];

pub(super) const POINT: Point = Point {
    name: "A5.2",
    what: "a call without the value that it needs does not compile, and the message names what to pass",
    cases: &[Case {
        what: "the value is missing",
        // What the compiler says is the same wherever it would run.
        executors: Executor::ALL,
        stock: Stock::GoesWrong(tokios),
        onpar: |_| {
            let mut measured = Measured::new("no help");
            for (capability, message) in REFUSED {
                let names_it = message.contains(&format!("implements `{capability}`"));
                let helps =
                    ["= note: pass", "= note: the runtimes that have it"].iter().any(|help| message.contains(help));
                measured.count(!message.starts_with("error") || !names_it || !helps);
            }
            measured
        },
    }],
};
