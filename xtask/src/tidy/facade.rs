//! `onpar` is a facade: docs, modules and re-exports, and no logic at all.

use syn::Item;
use syn::spanned::Spanned as _;

use super::{Finding, Tree};

const FACADE: &str = "onpar";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (one, files) in tree.published() {
        if one.name == FACADE {
            for (file, syntax) in &files {
                collect(&syntax.items, &file.path, &mut findings);
            }
        }
    }
    findings
}

fn collect(items: &[Item], path: &str, findings: &mut Vec<Finding>) {
    for item in items {
        match item {
            Item::Use(_) | Item::ExternCrate(_) => {}
            Item::Mod(module) => collect(module.content.as_ref().map_or(&[], |it| &it.1), path, findings),
            // The way to run the examples of a README: an item that exists for rustdoc's tests only.
            Item::Struct(it) if it.fields.is_empty() && it.attrs.iter().any(is_doctest) => {}
            other => {
                let says = "the facade holds docs, `mod` and `use` only: this belongs into one of the crates below it";
                findings.push(Finding::new(path, other.span().start().line, says));
            }
        }
    }
}

fn is_doctest(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("doctest"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<usize> {
        check(&Tree::of(&[("onpar/src/lib.rs", source)])).into_iter().map(|found| found.line).collect()
    }

    #[test]
    fn logic_in_the_facade_is_found() {
        assert_eq!(found("pub use onpar_scope::scope;\npub fn helper() {}\n"), [2]);
        assert_eq!(found("mod prelude {\n    impl Clone for A {}\n}\n"), [2]);
        assert_eq!(found("pub struct A;\n"), [1]);
    }

    #[test]
    fn docs_modules_and_reexports_are_fine() {
        let source = "//! Docs.\npub mod prelude {\n    pub use crate::scope;\n}\npub use onpar_scope::*;\n#[cfg(doctest)]\nstruct Readme;\n";
        assert_eq!(found(source), [0_usize; 0]);
    }
}
