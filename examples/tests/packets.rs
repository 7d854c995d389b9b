//! The packets example, run as a user runs it.

use std::process::{Command, Output};

use serde_json::Value;

fn packets(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_packets")).args(arguments).output().expect("cargo has built it")
}

#[test]
fn the_event_loop_delivers_every_item_and_answers_packets_meanwhile() {
    let output = packets(&["--rows", "200", "--json"]);
    let reports: Vec<Value> = serde_json::from_slice(&output.stdout).expect("an array of objects");
    let owned = reports.iter().find(|it| it["name"] == "onpar's event loop").expect("a report of that name");
    assert_eq!(
        (&owned["items"], &owned["delivered"], &owned["lost"]),
        (&600.into(), &600.into(), &0.into()),
        "{owned}"
    );
    assert_eq!(owned["in_order"], true, "{owned}");
    assert!(owned["packets"].as_u64() > Some(0), "{owned}");
    assert!(output.status.success());
}

/// What becomes of the items of the plain program is a race; so it is not asked here, only that it is judged by its figures.
#[test]
fn the_plain_program_is_judged_by_its_figures_and_promises_nothing() {
    let output = packets(&["--rows", "50", "--json"]);
    let reports: Vec<Value> = serde_json::from_slice(&output.stdout).expect("an array of objects");
    let plain = reports.iter().find(|it| it["name"] == "select! in a loop").expect("a report of that name");
    assert_eq!(plain["verdict"], if plain["lost"] == 0 { "pass" } else { "fail" }, "{plain}");
    assert!(output.status.success());
}

#[test]
fn an_empty_table_is_loaded_at_once() {
    let output = packets(&["--rows", "0"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.contains("onpar's event loop         0          0       0"), "{said}");
}
