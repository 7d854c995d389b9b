//! The example of one trait that is used in all ways.

use std::process::Command;

#[test]
fn every_way_shows_what_the_widget_shows() {
    let output = Command::new(env!("CARGO_BIN_EXE_widget")).output().expect("cargo has built it");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let shown: Vec<_> = stdout.lines().filter_map(|line| line.get(13..)).collect();
    assert_eq!(shown, ["1 1", "[2] [2]", "3 3", "[4] [4]", "5 5", "[6] [6]", "7 7", "[8] [8]"]);
}
