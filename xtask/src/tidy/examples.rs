//! Every public type, trait, macro and free function shows an example.
//!
//! The example stands in the item's docs, or at the head of its file and names the item. Methods need none of their own,
//! nor do the types of futures: it stands at the type that they belong to, or at the function that returns them.

use super::public::{self, Kind};
use super::tree::File;
use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, files) in tree.published() {
        for item in public::items(&files) {
            let shown = || files.iter().any(|(file, _)| file.path == item.path && head_shows(file, &item.name));
            let wanted =
                matches!(item.kind, Kind::Type { future: false } | Kind::Trait | Kind::Macro | Kind::Function { .. });
            if wanted && !item.docs.has_code() && !shown() {
                let says = format!("`{}` is public: add `/// # Examples` with a program that uses it", item.name);
                findings.push(Finding::new(&item.path, item.line, says));
            }
        }
    }
    findings
}

/// Whether a block of code at the head of the file names the item.
fn head_shows(file: &File, name: &str) -> bool {
    let mut in_code = false;
    file.header().any(|line| {
        in_code ^= line.contains("```");
        in_code && line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<usize> {
        check(&Tree::of(&[("a/src/lib.rs", source)])).into_iter().map(|found| found.line).collect()
    }

    #[test]
    fn public_items_without_an_example_are_found() {
        assert_eq!(found("/// A.\npub struct A;\n/// B.\npub trait B {}\n/// c.\npub fn c() {}\n"), [2, 4, 6]);
        assert_eq!(found("/// d.\n#[macro_export]\nmacro_rules! d { () => {} }\n"), [3]);
        assert_eq!(
            found("/// A.\n///\n/// # Examples\n///\n/// ```\n/// a::A;\n/// ```\npub enum A {}\n"),
            [0_usize; 0]
        );
        assert_eq!(found("#[doc = include_str!(\"../README.md\")]\npub struct A;\n"), [0_usize; 0]);
    }

    #[test]
    fn an_example_at_the_head_of_the_file_counts_for_what_it_names() {
        let head = "//! A, and B:\n//!\n//! ```\n//! a::A::new();\n//! ```\n";
        assert_eq!(found(&format!("{head}pub struct A;\npub struct B;\n")), [7]);
    }

    #[test]
    fn methods_futures_and_private_items_need_none() {
        assert_eq!(found("struct A;\nimpl A { pub fn b(&self) {} }\npub(crate) fn c() {}\n"), [0_usize; 0]);
        assert_eq!(found("mod sealed {\n    pub trait Sealed {}\n}\n"), [0_usize; 0]);
        assert_eq!(found("/// The future of `read`.\npub struct Read;\nimpl Future for Read {}\n"), [0_usize; 0]);
    }
}
