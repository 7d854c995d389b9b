//! A file of more than [`MOST`] lines of code says in its header why it has so many lines.

use super::{Finding, Tree};

const MOST: usize = 400;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let code = file.text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
        let code = code.count();
        if code > MOST && !file.header().any(|line| line.contains("lines")) {
            let says = format!("{code} lines of code: split it, or say in the `//!` header why it has so many lines");
            findings.push(Finding::new(&file.path, 1, says));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found_unless_its_header_explains_it() {
        let long = "const _: () = ();\n".repeat(MOST + 1);
        let found = |header: &str, body: &str| check(&Tree::of(&[("a/src/b.rs", &format!("{header}{body}"))])).len();
        assert_eq!(found("//! One table.\n", &long), 1);
        assert_eq!(found("//! One table of 500 lines, generated.\n", &long), 0);
        assert_eq!(found("//! One table.\n", &format!("// why\n\n{}", &long[18..])), 0);
    }
}
