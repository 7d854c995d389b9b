//! Every program in a folder `ui` that must not compile has the compiler's message beside it, in a `.stderr` file.
//!
//! Those that must compile stand in a folder `pass`.

use std::collections::HashSet;

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let paths: HashSet<_> = tree.files.iter().map(|file| file.path.as_str()).collect();
    let mut findings = Vec::new();
    for file in tree.rust() {
        let folders: Vec<_> = file.path.split('/').rev().skip(1).collect();
        let message = file.path.replace(".rs", ".stderr");
        if folders.contains(&"ui") && !folders.contains(&"pass") && !paths.contains(message.as_str()) {
            let says = "record the compiler's message beside it: TRYBUILD=overwrite cargo test, then read it";
            findings.push(Finding::new(&file.path, 1, says));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_without_its_message_is_found() {
        let tree = Tree::of(&[
            ("tests/ui/escapes.rs", ""),
            ("tests/ui/fail/plain_closure.rs", ""),
            ("tests/ui/fail/plain_closure.stderr", ""),
            ("tests/ui/pass/borrows.rs", ""),
        ]);
        assert_eq!(check(&tree).iter().map(|found| found.path.as_str()).collect::<Vec<_>>(), ["tests/ui/escapes.rs"]);
    }
}
