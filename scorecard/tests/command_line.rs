//! The program as it is used.

use core::iter;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use scorecard::stories;
use scorecard::story::Story;
use serde_json::Value;

fn scorecard(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scorecard"));
    command.args(arguments).output().unwrap_or_else(|error| panic!("it cannot be started: {error}"))
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn each_row_is_an_object_and_nothing_is_written_beside_them() {
    let output = scorecard(&["--only", "A1.3", "--only", "A2.5", "--only", "A3.5", "--only", "A10.4", "--json"]);
    let rows = serde_json::from_slice::<Value>(&output.stdout).unwrap();
    let rows = rows.as_array().unwrap();
    assert!(rows.len() > 10, "{rows:?}");
    for row in rows {
        for name in ["story", "point", "executor", "what", "verdict"] {
            assert!(row[name].is_string(), "{name} of {row}");
        }
        assert_eq!(row["verdict"], "pass", "{row}");
    }
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(output.stderr), "", "neither a bar nor anybody's panic");
}

#[test]
fn every_story_and_every_point_has_a_test_of_its_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for story in stories::ALL {
        let tests = fs::read_to_string(folder.join(format!("{}.rs", story.name.to_lowercase()))).unwrap();
        for point in story.points {
            assert!(tests.contains(&format!("holds(\"{}\")", point.name)), "{}", point.name);
        }
    }
}

#[test]
fn the_list_has_every_story_and_point() {
    let output = scorecard(&["--list"]);
    assert!(output.status.success());
    let list = text(output.stdout);
    let listed: Vec<_> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let names = |story: &&'static Story| iter::once(story.name).chain(story.points.iter().map(|point| point.name));
    assert!(listed.iter().copied().eq(stories::ALL.iter().flat_map(names)), "{list}");
}

#[test]
fn an_unknown_name_is_an_error_with_the_list() {
    let output = scorecard(&["--only", "A1.5", "--only", "S99"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let words = text(output.stderr);
    assert!(words.starts_with("error: `S99` is neither a story nor a point of one; there are:\nS1 "), "{words}");
    assert!(words.contains("\nA1.8 "), "{words}");
}

#[test]
fn an_unknown_argument_is_an_error() {
    assert_eq!(scorecard(&["--onyl", "S1"]).status.code(), Some(2));
    assert_eq!(scorecard(&["--child", "nobody"]).status.code(), Some(2));
}

#[test]
fn points_may_be_named_again_and_in_small_letters_and_each_row_runs_once() {
    let output = scorecard(&["--only", "a1.5", "--only", "A1.5", "--json"]);
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| (&row["story"], &row["point"], &row["executor"])).collect();
    let expected = ["tokio current_thread", "tokio multi_thread", "foreign"].map(Value::from);
    assert!(rows.iter().map(|row| row.2).eq(&expected), "{rows:?}");
    assert!(rows.iter().all(|row| row.0 == "S1" && row.1 == "A1.5"));
}

#[test]
fn a_piped_table_is_plain_and_aligned() {
    let table = text(scorecard(&["--only", "A1.5", "--only", "A2.1"]).stdout);
    assert!(!table.contains('\x1b'));
    let verdict = table.lines().next().unwrap().find("verdict").unwrap();
    let rows: Vec<_> = table.lines().filter(|line| line.contains("  onpar  ")).collect();
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|line| &line[verdict..] == "pass"), "{table}");
}
