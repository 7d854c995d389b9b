//! unsafe has few rooms: every published crate forbids it, or forbids it in each file that has none.
//!
//! A crate with a room cannot forbid unsafe code at its root, because nothing below may allow it again. There, each
//! file *without* unsafe code says `#![forbid(unsafe_code)]` itself. So whoever adds unsafe code to a file takes that
//! line away, where a reviewer sees it. (The root of a crate with rooms says nothing: it only names its modules.)

use proc_macro2::{TokenStream, TokenTree};

use super::{Finding, Tree};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (one, files) in tree.published() {
        let root = format!("{}src/lib.rs", one.dir);
        if files.iter().any(|(file, syntax)| file.path == root && forbids(syntax)) {
            continue;
        }
        let rooms = files.iter().filter(|(file, _)| has_unsafe(&file.text)).count();
        if rooms == 0 {
            findings.push(Finding::new(&root, 1, "no unsafe code in the crate: add `#![forbid(unsafe_code)]`"));
            continue;
        }
        for (file, syntax) in &files {
            if file.path != root && !forbids(syntax) && !has_unsafe(&file.text) {
                findings.push(Finding::new(&file.path, 1, "no unsafe code in the file: add `#![forbid(unsafe_code)]`"));
            }
        }
    }
    findings
}

fn forbids(syntax: &syn::File) -> bool {
    syntax.attrs.iter().any(|attribute| {
        attribute.path().is_ident("forbid")
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
    const FORBID: &str = "#![forbid(unsafe_code)]\n";

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).into_iter().map(|found| found.path).collect()
    }

    #[test]
    fn a_crate_that_has_no_unsafe_code_forbids_it() {
        assert_eq!(found(&[("a/src/lib.rs", "mod b;\n"), ("a/src/b.rs", "fn f() {}\n")]), ["a/src/lib.rs"]);
        assert_eq!(found(&[("a/src/lib.rs", FORBID), ("a/src/b.rs", "fn f() {}\n")]), Vec::<String>::new());
    }

    #[test]
    fn beside_a_room_every_file_forbids_it() {
        let files = [
            ("a/src/lib.rs", "mod b;\n"),
            ("a/src/b.rs", UNSAFE),
            ("a/src/c.rs", "fn f() {}\n"),
            ("a/src/d.rs", FORBID),
        ];
        assert_eq!(found(&files), ["a/src/c.rs"]);
    }

    #[test]
    fn every_kind_of_unsafe_makes_a_room() {
        for room in
            [UNSAFE, "unsafe fn f() {}", "unsafe impl Send for A {}", "unsafe trait A {}", "m! { unsafe { f() } }"]
        {
            assert_eq!(found(&[("a/src/lib.rs", "mod b;\n"), ("a/src/b.rs", room)]), Vec::<String>::new(), "{room}");
        }
    }
}
