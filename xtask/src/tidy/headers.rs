//! Every Rust file opens with `//!`: what it is for.

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let bare = tree.rust().filter(|file| file.header().next().is_none());
    bare.map(|file| Finding::new(&file.path, 1, "open the file with `//!`: what it is for")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_header_is_found() {
        let tree =
            Tree::of(&[("a/src/lib.rs", "//! What it is for.\n"), ("a/src/b.rs", "use core::fmt;\n//! Late.\n")]);
        assert_eq!(check(&tree).iter().map(|found| found.path.as_str()).collect::<Vec<_>>(), ["a/src/b.rs"]);
    }
}
