//! No line is left unfinished, and none knows the machine that it was written on or the host of a package registry.
//!
//! `Cargo.lock` is cargo's own, and names registries by right. The marks stand here in two halves, or this file would
//! find itself.

use super::{Finding, Tree};

const WHOLE: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "finish it, or open an issue"),
    (concat!("FIX", "ME"), "fix it, or open an issue"),
    (concat!("todo", "!("), "finish it"),
    (concat!("unimplemented", "!("), "finish it"),
    (concat!("dbg", "!("), "take it out"),
    (concat!("crates", ".io"), "name no registry by its host"),
    (
        concat!("docs", ".rs"),
        "name no registry by its host; in a manifest, write `rs = {..}` in `[package.metadata.docs]`",
    ),
    (concat!("static.rust", "-lang"), "name no registry by its host"),
];

/// Folders at the root of somebody's machine.
const FOLDERS: &[&str] = &["home", "root", "tmp", "work", "farm", "Users"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| !file.path.ends_with("Cargo.lock")) {
        for (line, text) in (1..).zip(file.text.lines()) {
            for (mark, advice) in WHOLE {
                if text.contains(mark) {
                    findings.push(Finding::new(&file.path, line, format!("`{mark}`: {advice}")));
                }
            }
            for folder in FOLDERS.iter().filter(|folder| names_folder(text, folder)) {
                findings.push(Finding::new(
                    &file.path,
                    line,
                    format!("a path in `/{folder}/` exists on one machine only"),
                ));
            }
        }
    }
    findings
}

/// Whether `text` has `/folder/` where a path begins: not behind a name, as in `src/work/`.
fn names_folder(text: &str, folder: &str) -> bool {
    let path = format!("/{folder}/");
    let inside = |end: usize| text[..end].ends_with(|c: char| c.is_alphanumeric() || "_-.~$}".contains(c));
    text.match_indices(&path).any(|(start, _)| !inside(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_work_and_registry_hosts_are_found() {
        for (mark, _) in WHOLE {
            let tree = Tree::of(&[("notes.md", &format!("fine\nsee {mark} here\n"))]);
            assert_eq!(check(&tree).iter().map(|found| found.line).collect::<Vec<_>>(), [2], "{mark}");
        }
    }

    #[test]
    fn paths_of_a_machine_are_found_and_paths_of_a_project_are_not() {
        let line = |folder: &str| format!("cd /{folder}/onpar\n");
        for folder in FOLDERS {
            assert_eq!(check(&Tree::of(&[("run", &line(folder))])).len(), 1, "{folder}");
        }
        assert_eq!(check(&Tree::of(&[("run", "src/work/pool.rs, $DIR/tmp/x, workload/\n")])), []);
    }

    #[test]
    fn the_lock_file_may_name_its_registry() {
        let source = concat!("source = \"registry+https://", "crates", ".io\"");
        assert_eq!(check(&Tree::of(&[("no-std/Cargo.lock", source)])), []);
    }
}
