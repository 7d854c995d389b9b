//! unsafe has few rooms: every published crate forbids it, or denies it and names its rooms.
//!
//! A crate with a room cannot forbid unsafe code at its root, because nothing below may allow it again. It denies it
//! there, and each room says `#![expect(unsafe_code, reason = "..")]`: so rustc refuses unsafe code anywhere else, and
//! refuses a room that has none.

use proc_macro2::{TokenStream, TokenTree};

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (one, files) in tree.published() {
        let root = format!("{}src/lib.rs", one.folder);
        let says = |level| files.iter().any(|(file, syntax)| file.path == root && at_root(syntax, level));
        let rooms = files.iter().any(|(file, _)| has_unsafe(&file.text));
        let advice = match (says("forbid"), says("deny"), rooms) {
            (true, _, _) | (_, true, true) => continue,
            (_, _, true) => "add `#![deny(unsafe_code)]`, and `#![expect(unsafe_code, reason = \"..\")]` to each room",
            (_, _, false) => "there is no unsafe code in the crate: add `#![forbid(unsafe_code)]`",
        };
        findings.push(Finding::new(&root, 1, advice));
    }
    findings
}

/// Whether the file says `#![level(unsafe_code)]`.
fn at_root(syntax: &syn::File, level: &str) -> bool {
    syntax.attrs.iter().any(|attribute| {
        attribute.path().is_ident(level)
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("unsafe_code"))
    })
}

/// Whether the keyword stands anywhere in it, be it in a macro.
fn has_unsafe(text: &str) -> bool {
    fn seek(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => seek(group.stream()),
            TokenTree::Ident(ident) => ident == "unsafe",
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    text.parse().is_ok_and(seek)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNSAFE: &str = "fn f() { unsafe { g() } }\n";

    fn found(root: &str, module: &str) -> Vec<String> {
        let tree = Tree::of(&[("a/src/lib.rs", root), ("a/src/b.rs", module)]);
        check(&tree).into_iter().map(|found| found.says).collect()
    }

    #[test]
    fn a_crate_that_has_no_unsafe_code_forbids_it() {
        assert!(found("mod b;\n", "fn f() {}\n")[0].contains("add `#![forbid(unsafe_code)]`"));
        assert!(found("#![deny(unsafe_code)]\nmod b;\n", "fn f() {}\n")[0].contains("add `#![forbid(unsafe_code)]`"));
        assert!(found("#![forbid(unsafe_code)]\nmod b;\n", "fn f() {}\n").is_empty());
    }

    #[test]
    fn a_crate_that_has_rooms_denies_it() {
        assert!(found("mod b;\n", UNSAFE)[0].contains("add `#![deny(unsafe_code)]`"));
        assert!(found("#![deny(unsafe_code)]\nmod b;\n", UNSAFE).is_empty());
    }

    #[test]
    fn every_kind_of_unsafe_makes_a_room() {
        for room in ["unsafe fn f() {}", "unsafe impl Send for A {}", "unsafe trait A {}", "m! { unsafe { f() } }"] {
            assert!(found("mod b;\n", room)[0].contains("each room"), "{room}");
        }
    }
}
