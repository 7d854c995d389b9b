//! The example that enriches a file line by line, run as a user runs it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn pipeline(arguments: &[&str]) -> (Output, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_pipeline")).args(arguments).output().expect("cargo has built it");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    (output, stdout, stderr)
}

/// A file of so many lines, and where the output goes.
fn files(folder: &Path, lines: usize) -> (String, String) {
    let text = (1..=lines).map(|n| "word ".repeat(n % 7) + "\n").collect::<String>();
    let input = folder.join("input.txt");
    fs::write(&input, text).expect("the folder can be written");
    let name = |path: &Path| path.to_str().expect("a name in Unicode").to_owned();
    (name(&input), name(&folder.join("output.tsv")))
}

#[test]
fn every_line_is_enriched_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = files(folder.path(), 300);
    let (ended, stdout, stderr) = pipeline(&[&input, &output, "--at-once", "32"]);
    assert!(ended.status.success(), "{stderr}");
    assert_eq!((stdout.as_str(), stderr.as_str()), ("300 lines\n", ""), "no bar where there is no terminal");
    let expected = (1..=300).map(|n| format!("{n}\t{}\t{}\n", n % 7, n % 7 * 4)).collect::<Vec<_>>().concat();
    assert_eq!(fs::read_to_string(output).expect("it has been written"), expected);
}

#[test]
fn a_line_that_is_refused_is_named_and_nothing_half_written_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = files(folder.path(), 100);
    let (ended, stdout, stderr) = pipeline(&[&input, &output, "--refuse", "60"]);
    assert_eq!((ended.status.code(), stdout.as_str()), (Some(1), ""));
    assert_eq!(stderr, "error: line 60: 500 from service\n");
    let left: Vec<_> =
        fs::read_dir(folder.path()).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["input.txt"]);
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_a_limit_of_zero_refused() {
    let (ended, _, stderr) = pipeline(&["no/such/file"]);
    assert_eq!(ended.status.code(), Some(1));
    assert!(stderr.contains("cannot read `no/such/file`"), "{stderr}");
    let (ended, _, stderr) = pipeline(&["--at-once", "0"]);
    assert_eq!(ended.status.code(), Some(2));
    assert!(stderr.contains("--at-once"), "{stderr}");
}
