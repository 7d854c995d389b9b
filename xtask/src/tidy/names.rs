//! No file, folder or module has a name that names nothing.

use syn::visit::{self, Visit};

use super::{Finding, Tree};

const EMPTY: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "internal", "internals"];
const ADVICE: &str = "names nothing: name it after the one type or operation in it";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let parts = file.path.trim_end_matches(".rs").split('/');
        for part in parts.filter(|part| EMPTY.contains(part)) {
            findings.push(Finding::new(&file.path, 1, format!("`{part}` {ADVICE}")));
        }
        // A module with a file of its own has been found by its path.
        if let Ok(syntax) = syn::parse_file(&file.text) {
            let mut inline = Inline(Vec::new());
            inline.visit_file(&syntax);
            findings.extend(
                inline.0.iter().map(|ident| {
                    Finding::new(&file.path, ident.span().start().line, format!("`mod {ident}` {ADVICE}"))
                }),
            );
        }
    }
    findings
}

struct Inline(Vec<syn::Ident>);

impl Visit<'_> for Inline {
    fn visit_item_mod(&mut self, module: &syn::ItemMod) {
        if module.content.is_some() && EMPTY.contains(&module.ident.to_string().as_str()) {
            self.0.push(module.ident.clone());
        }
        visit::visit_item_mod(self, module);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_folders_and_modules_that_name_nothing_are_found() {
        let tree = Tree::of(&[
            ("a/src/utils.rs", "//! Things.\n"),
            ("a/src/common/waker.rs", "//! Things.\n"),
            ("a/src/lib.rs", "//! Things.\nmod outer {\n    mod helpers {}\n}\n"),
            ("a/src/queue.rs", "//! One thing.\nmod commonplace {}\n"),
        ]);
        let mut found: Vec<_> = check(&tree).into_iter().map(|found| (found.path, found.line)).collect();
        found.sort();
        let expected = [("a/src/common/waker.rs", 1), ("a/src/lib.rs", 3), ("a/src/utils.rs", 1)];
        assert_eq!(found, expected.map(|(path, line)| (path.to_owned(), line)));
    }
}
