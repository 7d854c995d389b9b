//! One acceptance point: both sides of every row of it, on every executor that it names.

use std::sync::Once;

use scorecard::executor::Executor;
use scorecard::row::Row;
use scorecard::story::{Stock, Story};
use scorecard::{child, selection, stories};

/// Runs both sides of every row of this point: onpar never goes wrong, and the stock tools do what is said of them.
pub(crate) fn holds(point: &str) {
    static CHILDREN: Once = Once::new();
    CHILDREN.call_once(|| child::program(env!("CARGO_BIN_EXE_scorecard")));
    let rows = selection::select(&[point.to_owned()]).unwrap_or_else(|error| panic!("{error}"));
    assert!(!rows.is_empty());
    for row in rows {
        let result = row.run().json();
        let words = format!("{point} on {}, {}: {result}", row.executor.name(), row.case.what);
        assert_eq!(result["verdict"], "pass", "{words}");
        assert_eq!(result["onpar"]["failures"], 0, "{words}");
        let goes_wrong = result["stock"]["failures"].as_u64().map(|failures| failures > 0);
        let expected = match row.case.stock {
            Stock::GoesWrong(_) => Some(true),
            Stock::GoesRight(_) => Some(false),
            Stock::Nothing(_) => None,
            _ => panic!("say here what is expected of it"),
        };
        assert_eq!(goes_wrong, expected, "{words}");
    }
}

/// The story of this name has these points, each of them on these executors at least.
pub(crate) fn are_complete(story: &str, points: &[&str], executors: &[Executor]) {
    let story: &Story = stories::ALL.iter().find(|it| it.name == story).expect("the story is known");
    assert!(story.points.iter().map(|point| point.name).eq(points.iter().copied()));
    for point in points {
        let rows: Vec<_> = Row::all().into_iter().filter(|row| row.point.name == *point).collect();
        assert!(!rows.is_empty(), "{point}");
        for executor in executors {
            assert!(rows.iter().any(|row| row.executor == *executor), "{point} on {}", executor.name());
        }
    }
}
