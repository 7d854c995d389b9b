//! The example that sends a file to several hosts, run as a user runs it.

use std::process::{Command, Output};

fn fan_out(arguments: &[&str]) -> (Output, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fan_out")).args(arguments).output().expect("cargo has built it");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    (output, stdout, stderr)
}

#[test]
fn every_host_gets_the_whole_file() {
    let (output, stdout, stderr) = fan_out(&["--hosts", "4"]);
    assert!(output.status.success(), "{stderr}");
    let mut lines = stdout.lines();
    let words: Vec<_> = lines.next().unwrap().split(' ').collect();
    assert!(words[0] == words[2] && words[0] != "0", "{stdout}");
    let received: Vec<_> = lines.map(|line| line.split_once(": ").unwrap().1).collect();
    assert!(received.len() == 4 && received.iter().all(|it| *it == received[0]), "{stdout}");
}

#[test]
fn a_host_that_refuses_is_what_the_caller_hears_of_and_all_connections_end() {
    let (output, stdout, stderr) = fan_out(&["--refuse", "1", "--after", "3"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr.contains("host 1: 500 from host") && !stderr.contains("channel closed"), "{stderr}");
    assert_eq!(stdout.lines().filter(|line| line.starts_with("host ")).count(), 3, "{stdout}");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let (output, _, stderr) = fan_out(&["no/such/file"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr.contains("cannot read `no/such/file`"), "{stderr}");
}
