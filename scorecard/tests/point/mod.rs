//! One acceptance point: onpar's side of every row of it, on every executor that it names.

use std::sync::Once;

use scorecard::executor::Executor;
use scorecard::row::Row;
use scorecard::story::Story;
use scorecard::{child, selection, stories};

/// Runs onpar's side of every row of this point.
pub(crate) fn holds(point: &str) {
    static CHILDREN: Once = Once::new();
    CHILDREN.call_once(|| child::program(env!("CARGO_BIN_EXE_scorecard")));
    let rows = selection::select(&[point.to_owned()]).unwrap_or_else(|error| panic!("{error}"));
    assert!(!rows.is_empty());
    for row in rows {
        match row.onpar() {
            Ok(measured) if !measured.has_failed() => {}
            bad => panic!("{point} on {}, {}: {bad:?}", row.executor.name(), row.case.what),
        }
    }
}

/// The story of this name has these points, each of them on all executors.
pub(crate) fn are_complete(story: &str, points: &[&str]) {
    let story: &Story = stories::ALL.iter().find(|it| it.name == story).expect("the story is known");
    assert!(story.points.iter().map(|point| point.name).eq(points.iter().copied()));
    for point in points {
        let rows: Vec<_> = Row::all().into_iter().filter(|row| row.point.name == *point).collect();
        for executor in Executor::ALL {
            assert!(rows.iter().any(|row| row.executor == *executor), "{point} on {}", executor.name());
        }
    }
}
