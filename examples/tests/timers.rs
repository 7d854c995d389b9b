//! The timers example, run as a user runs it, and read.

use std::process::Command;

/// What it prints, in that order.
fn printed() -> Vec<u32> {
    let output = Command::new(env!("CARGO_BIN_EXE_timers")).output().expect("cargo has built it");
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).expect("text");
    lines.lines().map(|line| line.split(' ').next().and_then(|delay| delay.parse().ok()).expect("a delay")).collect()
}

#[test]
fn each_timer_prints_in_its_own_time() {
    let expected = [10, 30, 60, 90, 120, 150, 200, 250, 300, 400];
    // A machine that stalls just while it sets them may set one so late that another comes first. It does not every time.
    let mut all = printed();
    for _ in 0..10 {
        if all != expected {
            all = printed();
        }
    }
    assert_eq!(all, expected);
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
