//! `cargo xtask hostile`: what hostile peers send to the protocols of the examples, far more often than CI has the time for.

use anyhow::Result;

use crate::process::{self, cargo};
use crate::workspace::Workspace;

/// What to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many inputs each property is tried on.
    #[arg(long, default_value_t = 1_000_000)]
    cases: u32,
}

/// The tests of properties that are about what comes in: the package, where they stand, and the words that are in their names.
const TESTS: [(&str, &str, &str); 2] = [("slow-proto", "hostile", ""), ("onpar-kv", "kv", "hostile")];

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    for (package, test, name) in TESTS {
        println!("== {package}, {} inputs each", options.cases);
        process::run(cargo(&workspace.root).env("PROPTEST_CASES", options.cases.to_string()).args([
            "test",
            "--release",
            "--package",
            package,
            "--test",
            test,
            name,
        ]))?;
    }
    Ok(())
}
