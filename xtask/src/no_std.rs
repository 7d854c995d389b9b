//! `cargo xtask no-std`: the proof that the `no_std` crates do not lean on std.
//!
//! `#![no_std]` in a crate says nothing about the crates below it. The proof is a static library of its own, in the
//! folder `no-std`, outside the workspace so that nobody's features reach it. It is `no_std`, brings the panic handler
//! that std would bring, and links the crates in question. If any of them links std, there are two handlers, and rustc
//! refuses: E0152. No cross-compiler and no foreign target is needed.
//!
//! The same library has no allocator. If any of the crates linked `alloc`, rustc would ask for one. So the program in the folder
//! `bare-metal`, which the library links too, needs no heap; `cargo xtask qemu` runs it where there is none, and the tests in
//! `conformance/` here.
//!
//! A proof that cannot fail proves nothing, so it is built again with a feature that lets std in, and with one that lets `alloc`
//! in, and those builds have to fail with just these errors.
//!
//! What behaves differently without std is run as well: the memory of calls through trait objects, which no thread keeps then.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::process::{self, cargo};
use crate::workspace::Workspace;

/// What rustc says when two crates bring the same language item, here the panic handler.
const DUPLICATE: &str = "E0152";

/// What rustc says when a crate needs a heap, and none brings one.
const NO_ALLOCATOR: &str = "no global memory allocator found";

/// Where the proof stands.
pub(crate) fn dir(workspace: &Workspace) -> PathBuf {
    workspace.root.join("no-std")
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    process::run(&mut build(workspace))?;
    println!("the crates link without std and without an allocator");
    for (feature, error) in [("std-leak", DUPLICATE), ("alloc-leak", NO_ALLOCATOR)] {
        let leak = build(workspace).args(["--features", feature]).output()?;
        let said = String::from_utf8_lossy(&leak.stderr);
        ensure!(
            !leak.status.success() && said.contains(error),
            "with the feature {feature}, the build should have failed with: {error}; it said:\n{said}"
        );
        println!("with the feature {feature}, the build fails with: {error}; so the proof can fail");
    }

    let heap = ["test", "--quiet", "--package", "onpar-traits", "--no-default-features", "--features", "alloc"];
    process::run(cargo(&workspace.root).args(heap).args(["--test", "kept_memory"]))
}

fn build(workspace: &Workspace) -> Command {
    let mut command = cargo(&dir(workspace));
    command.env("CARGO_TARGET_DIR", workspace.target.join("no-std")).args(["build", "--quiet"]);
    command
}
