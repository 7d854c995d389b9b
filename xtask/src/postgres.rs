//! `cargo xtask postgres`: the database example against a real PostgreSQL, which leaves nothing behind.

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// What to pass on.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Arguments for the example, behind `--`.
    #[arg(last = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(_: &Workspace, options: &Options) -> Result<()> {
    bail!("not there yet: {:?}", options.arguments)
}
