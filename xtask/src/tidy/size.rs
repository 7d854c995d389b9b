//! A file of more than [`MOST`] lines of code says why in its header: a sentence that names the lines, and a reason.

use super::tree::File;
use super::{Finding, Tree};

/// What a reader can hold in mind of one file, by the taste of this house (see `CONTRIBUTING.md`).
const MOST: usize = 400;
/// Words that give a reason.
const REASONS: &[&str] = &["because", "since", "so that", "lest"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let code = file.text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
        let code = code.count();
        if code > MOST && !is_explained(file) {
            let says = format!(
                "{code} lines of code: split it, or say in the `//!` header why it has so many lines (a sentence with \
                 `lines` and one of: {})",
                REASONS.join(", ")
            );
            findings.push(Finding::new(&file.path, 1, says));
        }
    }
    findings
}

/// Whether one sentence of the header speaks of the lines and gives a reason.
fn is_explained(file: &File) -> bool {
    let header: Vec<&str> = file.header().map(|line| line.trim_start_matches("//!").trim()).collect();
    header.join(" ").split(". ").any(|sentence| {
        let is_said = |what: &str| format!(" {sentence} ").to_lowercase().contains(&format!(" {what} "));
        (is_said("lines") || is_said("lines,")) && REASONS.iter().any(|reason| is_said(reason))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found_unless_its_header_explains_it() {
        let long = "const _: () = ();\n".repeat(MOST + 1);
        let found = |header: &str, body: &str| check(&Tree::of(&[("a/src/b.rs", &format!("{header}{body}"))])).len();
        assert_eq!(found("//! One table.\n", &long), 1);
        assert_eq!(found("//! One table of 500 lines.\n", &long), 1);
        assert_eq!(
            found("//! One table.\n//!\n//! It has so many\n//! lines because it has a row for each city.\n", &long),
            0
        );
        assert_eq!(found("//! It has many lines. It is read often, since it is short.\n", &long), 1);
        assert_eq!(found("//! One table.\n", &format!("// why\n\n{}", &long[18..])), 0);
    }
}
