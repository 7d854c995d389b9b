//! The published crates depend on each other in one direction only, dev-dependencies included.
//!
//! `onpar-core` depends on none of ours and on nothing foreign but `futures-core`; `onpar-macros` depends on none of
//! ours; `onpar` may depend on all; every other one depends on `onpar-core` alone. What needs several of them to be
//! tested is tested in `tests/`.

use super::tree::Crate;
use super::{Finding, Tree};

const FACADE: &str = "onpar";
const CORE: &str = "onpar-core";
const MACROS: &str = "onpar-macros";
/// What the users of the core get with it.
const BELOW_CORE: &[&str] = &["futures-core"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let ours = |name: &str| tree.crates.iter().any(|one| one.name == name);
    let mut findings = Vec::new();
    for one in tree.crates.iter().filter(|one| one.published) {
        for (to, dev) in &one.dependencies {
            let fits = if ours(to) {
                may_depend(one, to)
            } else {
                one.name != CORE || *dev || BELOW_CORE.contains(&to.as_str())
            };
            if !fits {
                let says = format!("`{}` must not depend on `{to}`{}", one.name, advice(ours(to)));
                findings.push(Finding::new(&format!("{}Cargo.toml", one.dir), 1, says));
            }
        }
    }
    findings
}

fn may_depend(from: &Crate, to: &str) -> bool {
    match from.name.as_str() {
        FACADE => true,
        CORE | MACROS => false,
        _ => to == CORE,
    }
}

fn advice(ours: bool) -> &'static str {
    if ours {
        ": the arrows run onpar-core <- {iter, rt, scope, test} <- onpar; a test that needs it belongs into `tests/`"
    } else {
        ": everything that builds on the core would pay for it"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(crates: Vec<Crate>) -> Vec<String> {
        check(&Tree { files: Vec::new(), crates }).into_iter().map(|found| found.path).collect()
    }

    fn core() -> Crate {
        Crate::example("onpar-core", &[("futures-core", false), ("proptest", true)])
    }

    #[test]
    fn arrows_that_run_down_are_fine() {
        let scope = Crate::example("onpar-scope", &[("onpar-core", false), ("loom", false)]);
        let facade = Crate::example("onpar", &[("onpar-core", false), ("onpar-scope", false)]);
        assert_eq!(found(vec![core(), scope, facade]), Vec::<String>::new());
    }

    #[test]
    fn sideways_and_upward_arrows_are_found_also_those_of_tests() {
        let test = Crate::example("onpar-test", &[("onpar-core", false)]);
        let scope = Crate::example("onpar-scope", &[("onpar-test", true)]);
        assert_eq!(found(vec![core(), scope, test]), ["onpar-scope/Cargo.toml"]);
        let upward = Crate::example("onpar-core", &[("onpar", true)]);
        assert_eq!(found(vec![upward, Crate::example("onpar", &[])]), ["onpar-core/Cargo.toml"]);
    }

    #[test]
    fn the_core_takes_no_foreign_dependency() {
        assert_eq!(found(vec![Crate::example("onpar-core", &[("tokio", false)])]), ["onpar-core/Cargo.toml"]);
    }
}
