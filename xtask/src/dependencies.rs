//! `cargo xtask dependencies`: what a program that depends on `onpar`, with its default features, has to build besides onpar.
//!
//! At most [`MOST`] foreign crates, none of which has a build script or is a procedural macro, so that they build at once and
//! run nothing while they do. Cargo says which they are: `cargo tree` what is built, and `cargo metadata` what it consists of.

use alloc::collections::BTreeSet;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::process::{self, cargo};
use crate::workspace::Workspace;

const FACADE: &str = "onpar";
const MOST: usize = 5;

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let tree = ["tree", "--package", FACADE, "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
    let built = process::output(cargo(&workspace.root).args(tree))?;
    let metadata = process::output(cargo(&workspace.root).args(["metadata", "--format-version=1"]))?;
    let foreign = foreign(&built, &serde_json::from_str(&metadata)?).context("cargo has changed its form")?;
    let wrong = wrong(&foreign);
    if !wrong.is_empty() {
        bail!("the default build of `{FACADE}`:\n* {}", wrong.join("\n* "));
    }
    let names: Vec<_> = foreign.iter().map(|one| one.name.as_str()).collect();
    println!(
        "the default build of `{FACADE}` has {} dependencies that are not ours: {}",
        names.len(),
        names.join(", ")
    );
    Ok(())
}

/// A crate that is not of this workspace.
#[derive(Debug, PartialEq, Eq)]
struct Foreign {
    name: String,
    /// What runs while it is built, or while others are.
    runs: Option<&'static str>,
}

/// The foreign ones among those that `cargo tree` lists, one a line: `name v1.2.3`, and more where it is not of a registry.
fn foreign(tree: &str, metadata: &Value) -> Option<Vec<Foreign>> {
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

/// What is wrong with them.
fn wrong(foreign: &[Foreign]) -> Vec<String> {
    let mut wrong: Vec<_> = foreign.iter().filter_map(|one| Some(format!("`{}` {}", one.name, one.runs?))).collect();
    if foreign.len() > MOST {
        let names: Vec<_> = foreign.iter().map(|one| one.name.as_str()).collect();
        wrong.push(format!("{} foreign crates, of which there may be {MOST}: {}", names.len(), names.join(", ")));
    }
    wrong
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

    #[test]
    fn what_runs_is_wrong_and_so_are_too_many() {
        let foreign = foreign(TREE, &metadata()).unwrap_or_default();
        assert_eq!(wrong(&foreign), ["`quote` is a procedural macro", "`serde` has a build script"]);
        let many = |count: usize| (0..count).map(|n| Foreign { name: n.to_string(), runs: None }).collect::<Vec<_>>();
        assert!(wrong(&many(MOST)).is_empty());
        assert_eq!(wrong(&many(MOST + 1)).len(), 1);
    }
}
