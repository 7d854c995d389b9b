//! `cargo xtask no-std`: the proof that the `no_std` crates do not lean on std.
//!
//! `#![no_std]` in a crate says nothing about the crates below it. The proof is a static library of its own, in the
//! folder `no-std`, outside the workspace so that nobody's features reach it. It is `no_std`, brings the panic handler
//! that std would bring, and links the crates in question. If any of them links std, there are two handlers, and rustc
//! refuses: E0152. No cross-compiler and no foreign target is needed.
//!
//! A proof that cannot fail proves nothing, so it is built a second time with a feature that lets std in, and that
//! build has to fail with just that error.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::process::{self, cargo};
use crate::workspace::Workspace;

/// What rustc says when two crates bring the same language item, here the panic handler.
const DUPLICATE: &str = "E0152";

/// Where the proof stands.
pub(crate) fn dir(workspace: &Workspace) -> PathBuf {
    workspace.root.join("no-std")
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    process::run(&mut build(workspace))?;
    println!("the crates link without std");

    let leak = build(workspace).args(["--features", "std-leak"]).output()?;
    let said = String::from_utf8_lossy(&leak.stderr);
    ensure!(
        !leak.status.success() && said.contains(DUPLICATE),
        "with std let in, the build should have failed with {DUPLICATE}; it said:\n{said}"
    );
    println!("with std let in, the build fails with {DUPLICATE}: the proof can fail");
    Ok(())
}

fn build(workspace: &Workspace) -> Command {
    let mut command = cargo(&dir(workspace));
    command.env("CARGO_TARGET_DIR", workspace.target.join("no-std")).args(["build", "--quiet"]);
    command
}
