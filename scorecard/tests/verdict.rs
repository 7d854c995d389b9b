//! What makes a row fail, shown on rows that are made for it.

use core::time::Duration;

use scorecard::executor::Executor;
use scorecard::measured::Measured;
use scorecard::row::{Result, Row};
use scorecard::story::{Case, Point, Stock, Story};
use scorecard::table::{WIDTH, table};

fn right(_: Executor) -> Measured {
    Measured { runs: 3, ..Measured::new("wrong") }
}

fn wrong(_: Executor) -> Measured {
    Measured { runs: 3, failures: 2, ..Measured::new("wrong") }
}

fn measures_nothing(_: Executor) -> Measured {
    Measured::new("wrong")
}

fn panics(_: Executor) -> Measured {
    std::panic::resume_unwind(Box::new("on purpose"))
}

fn leaks(executor: Executor) -> Measured {
    executor.run(async |_| drop(onpar_scope::defer((), async |()| {})));
    right(executor)
}

fn result(stock: Stock, onpar: fn(Executor) -> Measured) -> Result {
    let case = Box::leak(Box::new(Case { what: "", executors: &[Executor::Foreign], stock, onpar }));
    let point = Box::leak(Box::new(Point { name: "A0.1", what: "", cases: &[] }));
    let story = Box::leak(Box::new(Story { name: "S0", title: "", points: &[], children: &[] }));
    Row { story, point, case, executor: Executor::Foreign }.run()
}

#[track_caller]
fn fails(stock: Stock, onpar: fn(Executor) -> Measured) {
    let results = [result(Stock::GoesWrong(wrong), right), result(stock, onpar)];
    assert_eq!((results[1].verdict(), Result::exit_status(&results)), ("fail", 1), "{results:?}");
    assert!(table(&results).contains("1 of 2 rows pass; "));
}

#[test]
fn a_row_passes_if_stock_tools_go_wrong_and_onpar_does_not() {
    let results = [result(Stock::GoesWrong(wrong), right), result(Stock::Nothing("nothing to compare"), right)];
    assert!(results.iter().all(Result::passes));
    assert_eq!(Result::exit_status(&results), 0);
    assert!(table(&results).contains("2 of 2 rows pass. "));
}

#[test]
fn onpar_going_wrong_fails_the_row() {
    fails(Stock::GoesWrong(wrong), wrong);
}

#[test]
fn a_baseline_that_goes_right_fails_the_row() {
    fails(Stock::GoesWrong(right), right);
}

#[test]
fn a_peer_that_goes_right_passes_its_row_and_fails_it_when_it_goes_wrong() {
    assert!(result(Stock::GoesRight(right), right).passes());
    fails(Stock::GoesRight(wrong), right);
    fails(Stock::GoesRight(panics), right);
    fails(Stock::GoesRight(measures_nothing), right);
    fails(Stock::GoesRight(right), wrong);
}

#[test]
fn a_side_that_measures_nothing_fails_the_row() {
    fails(Stock::GoesWrong(measures_nothing), right);
    fails(Stock::GoesWrong(wrong), measures_nothing);
}

#[test]
fn a_side_that_panics_fails_the_row() {
    fails(Stock::GoesWrong(panics), right);
    fails(Stock::GoesWrong(wrong), panics);
}

#[test]
fn the_table_is_narrow_whatever_the_rows_say() {
    let time = Duration::from_secs(1000);
    let says = Measured { runs: 1000, failures: 1000, ..Measured::new("so many words that they are cut") };
    let results: Vec<_> = Row::all()
        .into_iter()
        .map(|row| {
            let says = says.clone().with(1000, "of what there is").took(row.executor, time);
            Result { row, stock: Ok(says.clone()), onpar: Ok(says) }
        })
        .collect();
    let text = table(&results);
    let (rows, _) = text.split_once("\n\n").unwrap();
    for line in rows.lines() {
        assert!(line.chars().count() <= WIDTH, "{}: {line}", line.chars().count());
    }
}

#[test]
fn a_row_that_fails_says_why_in_full_below_the_table() {
    let results = [result(Stock::GoesWrong(wrong), leaks)];
    let text = table(&results);
    let (rows, below) = text.split_once("\n\n").unwrap();
    assert!(rows.lines().all(|line| line.chars().count() <= WIDTH), "{rows}");
    assert!(below.starts_with("A0.1 fails on foreign, "), "{below}");
    assert!(below.contains("1 unexpected reports: () was dropped outside every scope"), "{below}");
}

#[test]
fn a_leak_that_nobody_expects_fails_the_row() {
    fails(Stock::GoesWrong(wrong), leaks);
}
