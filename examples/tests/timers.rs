//! The timers example, run as a user runs it, and read.

use std::process::Command;

#[test]
fn each_timer_prints_in_its_own_time() {
    let output = Command::new(env!("CARGO_BIN_EXE_timers")).output().expect("cargo has built it");
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    let delays: Vec<u32> = lines.lines().map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect();
    assert_eq!(delays, [10, 30, 60, 90, 120, 150, 200, 250, 300, 400]);
}

#[test]
fn its_source_has_nothing_that_the_story_stumbled_over() {
    let source = include_str!("../src/bin/timers.rs").replace("::", " ");
    let code = source.lines().filter(|line| !line.starts_with("//!")).map(|line| line.split(" //").next().unwrap());
    for line in code {
        for word in ["Box", "Pin", "dyn", "pin!", "move", "'static", "Arc"] {
            assert!(!line.contains(word), "{word} in {line}");
        }
        assert!(!line.contains(':'), "a type annotation in {line}");
    }
}
