//! `cargo xtask dependencies`: what a program that depends on `onpar`, with its default features, has to build besides onpar.
//!
//! At most [`MOST`] foreign crates, none of which has a build script or is a procedural macro, so that they build at once and
//! run nothing while they do.

use anyhow::{Context as _, Result, bail};

use crate::foreign_crates::{Foreign, METADATA, MOST, foreign, tree};
use crate::process::{self, cargo};
use crate::workspace::Workspace;

const FACADE: &str = "onpar";

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let built = process::output(cargo(&workspace.root).args(tree(FACADE)))?;
    let metadata = process::output(cargo(&workspace.root).args(METADATA))?;
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
    use super::*;

    #[test]
    fn what_runs_is_wrong_and_so_are_too_many() {
        let one = |name: &str, runs| Foreign { name: name.into(), runs };
        let foreign = [one("quote", Some("is a procedural macro")), one("futures-core", None)];
        assert_eq!(wrong(&foreign), ["`quote` is a procedural macro"]);
        let many = |count: usize| (0..count).map(|n| one(&n.to_string(), None)).collect::<Vec<_>>();
        assert!(wrong(&many(MOST)).is_empty());
        assert_eq!(wrong(&many(MOST + 1)).len(), 1);
    }
}
