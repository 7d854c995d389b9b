//! Each feature is documented, and reaches those who depend on `onpar` alone.
//!
//! * In the manifest, the line above a feature says what it adds: `## what it adds`.
//! * A feature of a crate below `onpar` is enabled by one of `onpar`.
//! * README.md and the docs of `onpar` have a table of its features: all of them, no others, and which are on by default.

use alloc::collections::BTreeSet;

use super::tree::File;
use super::{Finding, Tree};
use crate::workspace::Package;

const FACADE: &str = "onpar";

/// Where the features of the facade stand in a table.
const TABLES: &[&str] = &["README.md", "onpar/src/lib.rs"];

/// How the table begins.
const HEAD: &str = "| Feature | Default |";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in tree.crates.iter().filter(|one| one.published) {
        in_manifest(tree, one, &mut findings);
    }
    let Some(facade) = tree.crates.iter().find(|one| one.name == FACADE) else { return findings };
    for one in tree.crates.iter().filter(|one| one.published && one.name != FACADE) {
        in_facade(facade, one, &mut findings);
    }
    for path in TABLES {
        in_table(tree.files.iter().find(|file| file.path == *path), path, facade, &mut findings);
    }
    findings
}

fn in_manifest(tree: &Tree, one: &Package, findings: &mut Vec<Finding>) {
    let path = format!("{}Cargo.toml", one.folder);
    let Some(file) = tree.files.iter().find(|file| file.path == path) else { return };
    let lines = (1..).zip(file.text.lines()).skip_while(|(_, line)| *line != "[features]");
    let mut above = "";
    for (number, line) in lines.take_while(|(_, line)| *line == "[features]" || !line.starts_with('[')) {
        let feature = line.split_once('=').map_or("", |(name, _)| name.trim());
        if one.features.contains_key(feature) && !above.starts_with("## ") {
            let says = format!("`{feature}` is a feature: write `## what it adds` above it");
            findings.push(Finding::new(&path, number, says));
        }
        above = line;
    }
}

fn in_facade(facade: &Package, one: &Package, findings: &mut Vec<Finding>) {
    let enabled: BTreeSet<&str> = facade.features.values().flatten().map(String::as_str).collect();
    for feature in one.features.keys() {
        let ways = [format!("{}/{feature}", one.name), format!("{}?/{feature}", one.name)];
        if !ways.iter().any(|way| enabled.contains(way.as_str())) {
            let says = format!("no feature enables `{}`: whoever depends on `{FACADE}` alone cannot have it", ways[0]);
            findings.push(Finding::new(&format!("{}Cargo.toml", facade.folder), 1, says));
        }
    }
}

fn in_table(file: Option<&File>, path: &str, facade: &Package, findings: &mut Vec<Finding>) {
    let lines = file.map_or("", |file| &file.text).lines().map(|line| line.trim_start_matches("//! "));
    let mut lines = (1..).zip(lines).skip_while(|(_, line)| !line.starts_with(HEAD));
    let Some((head, _)) = lines.next() else {
        findings.push(Finding::new(path, 1, format!("add a table of the features of `{FACADE}`: {HEAD} ..")));
        return;
    };
    let mut told = BTreeSet::new();
    for (line, row) in lines.skip(1).take_while(|(_, row)| row.starts_with('|')) {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let (feature, default) = (cells.next().unwrap_or_default().trim_matches('`'), cells.next().unwrap_or_default());
        told.insert(feature);
        if !facade.features.contains_key(feature) {
            findings.push(Finding::new(path, line, format!("`{FACADE}` has no feature `{feature}`")));
        } else if default != by_default(facade, feature) {
            let says = format!("whether `{feature}` is on by default: write `{}`", by_default(facade, feature));
            findings.push(Finding::new(path, line, says));
        }
    }
    for feature in facade.features.keys().filter(|feature| !told.contains(feature.as_str())) {
        findings.push(Finding::new(path, head, format!("add a row for the feature `{feature}`")));
    }
}

/// What the column `Default` says.
fn by_default(facade: &Package, feature: &str) -> String {
    let enables = |enabled: &[String]| enabled.iter().any(|one| one == feature);
    if enables(&facade.default) {
        return "yes".to_owned();
    }
    let with = facade.default.iter().find(|one| facade.features.get(*one).is_some_and(|enabled| enables(enabled)));
    with.map_or_else(|| "no".to_owned(), |with| format!("with `{with}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `onpar` with `std`, which is on by default and enables `alloc`, and `net`; and a crate below it that has a `net` too.
    fn found(manifest: &str, readme: &str, net_enables: &str) -> Vec<(String, usize)> {
        let files = [("onpar/Cargo.toml", manifest), ("README.md", readme), ("onpar/src/lib.rs", &as_docs(TABLE))];
        let features = [("alloc", ""), ("net", net_enables), ("std", "alloc")];
        let facade = Package::example(FACADE, &[]).with_features(&["std"], &features);
        let rt = Package::example("onpar-rt", &[]).with_features(&[], &[("net", "")]);
        let tree = Tree { crates: vec![facade, rt], ..Tree::of(&files) };
        check(&tree).into_iter().map(|found| (found.path, found.line)).collect()
    }

    fn as_docs(table: &str) -> String {
        format!("//! {}", table.trim_end().replace('\n', "\n//! "))
    }

    const MANIFEST: &str = "[features]\n## A heap.\nalloc = []\n## Sockets.\nnet = []\n## All.\nstd = [\"alloc\"]\n\n[dependencies]\nnet = \"1\"\n";
    const TABLE: &str = "| Feature | Default | What it adds |\n|---|---|---|\n| `std` | yes | a |\n| `alloc` | with `std` | b |\n| `net` | no | c |\n";

    #[test]
    fn features_that_are_documented_and_handed_down_are_fine() {
        assert_eq!(found(MANIFEST, TABLE, "onpar-rt/net"), []);
        assert_eq!(found(MANIFEST, TABLE, "onpar-rt?/net"), []);
    }

    #[test]
    fn a_feature_that_no_line_of_the_manifest_tells_of_is_found() {
        let manifest = MANIFEST.replace("## Sockets.\n", "");
        assert_eq!(found(&manifest, TABLE, "onpar-rt/net"), [("onpar/Cargo.toml".to_owned(), 4)]);
    }

    #[test]
    fn a_feature_that_does_not_reach_the_facade_is_found() {
        assert_eq!(found(MANIFEST, TABLE, "onpar-rt/other"), [("onpar/Cargo.toml".to_owned(), 1)]);
    }

    #[test]
    fn a_table_that_lacks_a_feature_or_has_one_too_many_or_another_default_is_found() {
        let lines = |readme: &str| {
            let found = found(MANIFEST, readme, "onpar-rt/net");
            assert!(found.iter().all(|(path, _)| path == "README.md"), "{found:?}");
            found.into_iter().map(|(_, line)| line).collect::<Vec<_>>()
        };
        assert_eq!(lines(&TABLE.replace("| `net` | no | c |\n", "")), [1]);
        assert_eq!(lines(&format!("{TABLE}| `gone` | no | d |\n")), [6]);
        assert_eq!(lines(&TABLE.replace("| `alloc` | with `std` |", "| `alloc` | no |")), [4]);
        assert_eq!(lines(&TABLE.replace("| `net` | no |", "| `net` | yes |")), [5]);
        assert_eq!(lines("no table"), [1]);
    }
}
