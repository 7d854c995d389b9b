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

/// What becomes of plain transactions is a race between the pool and whoever looks. So it is not asked here; only that they
/// are judged by the same rule as the guarded ones, and that the exit status does not hang on them.
#[test]
fn plain_transactions_are_judged_by_their_figures_and_promise_nothing() {
    let output = database(&["--tasks", "100", "--json"]);
    let plain = report(&output, "sqlx");
    let figure = |name: &str| plain[name].as_u64().unwrap_or_else(|| panic!("no `{name}` in {plain}"));
    let holds = figure("left_open") == 0
        && figure("begun") == figure("committed") + figure("rolled_back")
        && figure("rows") == figure("committed");
    assert_eq!(plain["verdict"], if holds { "pass" } else { "fail" }, "{plain}");
    assert!(figure("rows") >= figure("committed"), "{plain}");
    assert!(output.status.success());
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
fn what_cannot_be_opened_is_named_with_what_can_be() {
    for (url, expected) in [
        ("mysql://localhost", "`mysql://localhost` is neither `sqlite:<file>` nor `postgres://..`"),
        ("sqlite:no/such/folder/bank.db", "cannot open `sqlite:no/such/folder/bank.db`"),
    ] {
        let output = database(&["--url", url]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(said.contains(expected), "{said}");
    }
}
