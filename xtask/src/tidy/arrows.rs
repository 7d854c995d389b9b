//! The published crates depend on each other in one direction only, dev-dependencies included.
//!
//! `onpar-core` depends on none of ours and on nothing foreign but `futures-core`; `onpar-macros` and `onpar-traits`, which
//! its code builds on, depend on none of ours; `onpar` may depend on all; every other one depends on `onpar-core` alone. What
//! needs several of them to be tested is tested in `tests/`.

use super::{Finding, Tree};
use crate::workspace::Package;

const FACADE: &str = "onpar";
const CORE: &str = "onpar-core";
const MACROS: &str = "onpar-macros";
const TRAITS: &str = "onpar-traits";
/// What the users of the core get with it.
const BELOW_CORE: &[&str] = &["futures-core"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let ours = |name: &str| tree.crates.iter().any(|one| one.name == name);
    let mut findings = Vec::new();
    for one in tree.crates.iter().filter(|one| one.published) {
        for dependency in &one.dependencies {
            let to = dependency.name.as_str();
            let fits = if ours(to) {
                may_depend(one, to)
            } else {
                one.name != CORE || dependency.dev || BELOW_CORE.contains(&to)
            };
            if !fits {
                let says = format!("`{}` must not depend on `{to}`{}", one.name, advice(ours(to)));
                findings.push(Finding::new(&format!("{}Cargo.toml", one.folder), 1, says));
            }
        }
    }
    findings
}

fn may_depend(from: &Package, to: &str) -> bool {
    match from.name.as_str() {
        FACADE => true,
        CORE | MACROS | TRAITS => false,
        _ => to == CORE,
    }
}

fn advice(ours: bool) -> &'static str {
    if ours {
        ": the arrows run onpar-core <- {iter, rt, scope, test} <- onpar, and {macros, traits} <- onpar; a test that needs it belongs into `tests/`"
    } else {
        ": everything that builds on the core would pay for it"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(crates: Vec<Package>) -> Vec<String> {
        check(&Tree { files: Vec::new(), crates }).into_iter().map(|found| found.path).collect()
    }

    fn core() -> Package {
        Package::example("onpar-core", &[("futures-core", false), ("proptest", true)])
    }

    #[test]
    fn arrows_that_run_down_are_fine() {
        let scope = Package::example("onpar-scope", &[("onpar-core", false), ("loom", false)]);
        let facade = Package::example("onpar", &[("onpar-core", false), ("onpar-scope", false)]);
        assert_eq!(found(vec![core(), scope, facade]), Vec::<String>::new());
    }

    #[test]
    fn sideways_and_upward_arrows_are_found_also_those_of_tests() {
        let test = Package::example("onpar-test", &[("onpar-core", false)]);
        let scope = Package::example("onpar-scope", &[("onpar-test", true)]);
        assert_eq!(found(vec![core(), scope, test]), ["onpar-scope/Cargo.toml"]);
        let upward = Package::example("onpar-core", &[("onpar", true)]);
        assert_eq!(found(vec![upward, Package::example("onpar", &[])]), ["onpar-core/Cargo.toml"]);
    }

    #[test]
    fn the_core_takes_no_foreign_dependency() {
        assert_eq!(found(vec![Package::example("onpar-core", &[("tokio", false)])]), ["onpar-core/Cargo.toml"]);
    }
}
