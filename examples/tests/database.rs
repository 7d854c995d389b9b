//! The database example, run as a user runs it, on SQLite.

use std::process::{Command, Output};

use serde_json::Value;

fn database(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_database")).args(arguments).output().expect("cargo has built it")
}

/// What it reports of the one whose name begins with `name`.
fn report(output: &Output, name: &str) -> Value {
    let reports: Vec<Value> = serde_json::from_slice(&output.stdout).expect("an array of objects");
    let named = |it: &Value| it["name"].as_str().is_some_and(|full| full.starts_with(name));
    reports.into_iter().find(named).expect("a report of that name")
}

#[test]
fn plain_transactions_that_are_cancelled_are_left_open_and_commits_get_lost() {
    let plain = report(&database(&["--tasks", "400", "--json"]), "sqlx");
    assert!(plain["left_open"].as_u64() > Some(0), "{plain}");
    assert!(plain["rows"].as_u64() > plain["committed"].as_u64(), "{plain}");
    assert_eq!(plain["verdict"], "fail");
}

#[test]
fn guarded_transactions_end_before_the_timeout_returns_and_every_commit_is_known() {
    let output = database(&["--tasks", "400", "--json"]);
    for name in ["onpar, tokio's timeout", "onpar, onpar's timeout"] {
        let guarded = report(&output, name);
        assert_eq!(guarded["left_open"], 0, "{guarded}");
        assert_eq!(guarded["rows"], guarded["committed"], "{guarded}");
        assert!(guarded["rolled_back"].as_u64() > Some(0), "{guarded}");
        assert_eq!(guarded["verdict"], "pass");
    }
    assert!(output.status.success());
}

#[test]
fn an_address_of_no_known_database_is_refused_with_the_known_ones() {
    let output = database(&["--url", "mysql://localhost"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("`mysql://localhost` is neither `sqlite:<file>` nor `postgres://..`"), "{said}");
}

#[test]
fn a_database_that_cannot_be_opened_is_named() {
    let output = database(&["--url", "sqlite:no/such/folder/bank.db"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("cannot open `sqlite:no/such/folder/bank.db`"), "{said}");
}
