//! Every public type, trait, macro and free function shows an example.
//!
//! Methods need none of their own, nor do the types of futures: the example stands at the type that they belong to, or
//! at the function that returns them.

use super::public::{self, Kind};
use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, files) in tree.published() {
        for item in public::items(&files) {
            let wanted =
                matches!(item.kind, Kind::Type { future: false } | Kind::Trait | Kind::Macro | Kind::Function { .. });
            if wanted && !item.docs.has_code() {
                let says = format!("`{}` is public: add `/// # Examples` with a program that uses it", item.name);
                findings.push(Finding::new(&item.path, item.line, says));
            }
        }
    }
    findings
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
    fn methods_futures_and_private_items_need_none() {
        assert_eq!(found("struct A;\nimpl A { pub fn b(&self) {} }\npub(crate) fn c() {}\n"), [0_usize; 0]);
        assert_eq!(found("/// The future of `read`.\npub struct Read;\nimpl Future for Read {}\n"), [0_usize; 0]);
    }
}
