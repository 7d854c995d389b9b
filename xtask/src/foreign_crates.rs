//! The foreign crates that a package is built with. `cargo xtask dependencies` asks for them, and the scorecard (A9.1), which compiles
//! this file once more.
//!
//! Cargo says which they are: `cargo tree` what is built, and `cargo metadata` what it consists of.

use alloc::collections::BTreeSet;

use serde_json::Value;

/// So many of them `onpar` may have.
pub(crate) const MOST: usize = 5;

/// The arguments by which cargo lists what is built with the package, one crate a line.
pub(crate) const fn tree(package: &str) -> [&str; 9] {
    ["tree", "--package", package, "--edges", "normal,build", "--prefix", "none", "--format", "{p}"]
}

/// The arguments by which cargo tells of each crate what it consists of.
pub(crate) const METADATA: [&str; 2] = ["metadata", "--format-version=1"];

/// A crate that is not of this workspace.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    pub(crate) name: String,
    /// What runs while it is built, or while others are.
    pub(crate) runs: Option<&'static str>,
}

/// The foreign ones among those that `cargo tree` lists, one a line: `name v1.2.3`, and more where it is not of a registry.
pub(crate) fn foreign(tree: &str, metadata: &Value) -> Option<Vec<Foreign>> {
    let built: BTreeSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.next()?.strip_prefix('v')?))
        })
        .collect();
    let packages = metadata.get("packages")?.as_array()?;
    let mut found = Vec::new();
    for (name, version) in built {
        let is_this = |package: &&Value| package["name"] == name && package["version"] == version;
        let package = packages.iter().find(is_this)?;
        // What is on this disk has no source.
        if package.get("source")?.is_null() {
            continue;
        }
        let targets = package.get("targets")?.as_array()?;
        let has = |kind: &str| {
            targets.iter().any(|target| target["kind"].as_array().is_some_and(|it| it.contains(&kind.into())))
        };
        let runs = [("custom-build", "has a build script"), ("proc-macro", "is a procedural macro")];
        let runs = runs.into_iter().find(|(kind, _)| has(kind)).map(|(_, says)| says);
        found.push(Foreign { name: name.to_owned(), runs });
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TREE: &str =
        "onpar v0.1.0 (/some/where)\nfutures-core v0.3.1\nserde v1.0.0\nserde v1.0.0 (*)\n\nquote v1.0.0 (proc-macro)";

    fn metadata() -> Value {
        let package = |name, version, source: Option<&str>, kinds: &[&str]| {
            let targets: Vec<_> = kinds.iter().map(|kind| json!({ "kind": [kind] })).collect();
            json!({ "name": name, "version": version, "source": source, "targets": targets })
        };
        json!({ "packages": [
            package("onpar", "0.1.0", None, &["lib", "custom-build"]),
            package("futures-core", "0.3.1", Some("registry"), &["lib", "test"]),
            package("serde", "1.0.0", Some("registry"), &["lib", "custom-build"]),
            package("serde", "2.0.0", Some("registry"), &["lib"]),
            package("quote", "1.0.0", Some("registry"), &["proc-macro"]),
        ] })
    }

    #[test]
    fn what_is_not_ours_is_listed_once_with_what_runs() {
        let one = |name: &str, runs| Foreign { name: name.into(), runs };
        let runs = [("quote", Some("is a procedural macro")), ("serde", Some("has a build script"))];
        let [quote, serde] = runs.map(|(name, runs)| one(name, runs));
        assert_eq!(foreign(TREE, &metadata()), Some(vec![one("futures-core", None), quote, serde]));
    }
}
