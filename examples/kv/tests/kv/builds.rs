//! The programs differ in one line, and nothing else names a runtime.

use std::fs;
use std::path::Path;

const RUNTIMES: [&str; 3] = ["local", "smol", "tokio"];

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn the_programs_differ_in_the_line_that_names_the_runtime() {
    let [local, smol, tokio] =
        RUNTIMES.map(|name| fs::read_to_string(folder("src/bin").join(name).with_extension("rs")).unwrap());
    for other in [smol, tokio] {
        assert_eq!(local.lines().count(), other.lines().count());
        let different: Vec<_> = local.lines().zip(other.lines()).filter(|(one, other)| one != other).collect();
        assert!(matches!(different[..], [(one, _)] if one.contains("onpar::rt::local")), "{different:?}");
    }
}

#[test]
fn nothing_else_names_a_runtime() {
    let mut folders = vec![folder("src")];
    let mut lines = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.extend((!entry.ends_with("bin")).then_some(entry));
                continue;
            }
            let text = fs::read_to_string(&entry).unwrap();
            // What the head of a file says of the programs names them.
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            lines += code.clone().count();
            let named =
                |line: &&str| ["tokio", "smol", "async_std", "onpar::rt"].iter().any(|name| line.contains(name));
            assert_eq!(code.clone().find(named), None, "{}", entry.display());
        }
    }
    assert!(lines >= 500, "{lines}");
}
