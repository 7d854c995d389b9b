//! README and CHANGELOG quote the version that the workspace has.

use super::{Finding, Tree};

const QUOTING: &[&str] = &["README.md", "CHANGELOG.md"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(version) = tree.crates.iter().find(|one| one.published).map(|one| &one.version) else { return Vec::new() };
    let mut findings = Vec::new();
    for name in QUOTING {
        let file = tree.files.iter().find(|file| file.path == *name);
        if !file.is_some_and(|file| file.text.contains(version.as_str())) {
            findings.push(Finding::new(name, 1, format!("quote the current version, {version}")));
        }
    }
    for other in tree.crates.iter().filter(|one| one.published && one.version != *version) {
        let says = format!(
            "`{}` is at {}, the others at {version}: write `version.workspace = true`",
            other.name, other.version
        );
        findings.push(Finding::new(&format!("{}Cargo.toml", other.folder), 1, says));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readme_of_another_version_and_a_missing_changelog_are_found() {
        let found = |files: &[(&str, &str)]| check(&Tree::of(files)).into_iter().map(|it| it.path).collect::<Vec<_>>();
        let source = ("a/src/lib.rs", "");
        assert_eq!(found(&[source, ("README.md", "onpar = \"0.0.9\""), ("CHANGELOG.md", "## 0.1.0")]), ["README.md"]);
        assert_eq!(found(&[source, ("README.md", "onpar = \"0.1.0\"")]), ["CHANGELOG.md"]);
    }
}
