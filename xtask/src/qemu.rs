//! `cargo xtask qemu`: the firmware of the folder `bare-metal`, built for a Cortex-M3 and run on an emulated one.
//!
//! The firmware says by semihosting what came of it, and QEMU ends as it says. Where something is missing for that, the command
//! fails, and names all of it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::foreign_target::ForeignTarget;
use crate::process;
use crate::workspace::Workspace;

const CORTEX_M3: ForeignTarget = ForeignTarget { name: "thumbv7m-none-eabi", crates: "core" };
const EMULATOR: &str = "qemu-system-arm";

/// Where the firmware stands.
pub(crate) fn dir(workspace: &Workspace) -> PathBuf {
    workspace.root.join("bare-metal")
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let mut missing = Vec::new();
    if !process::succeeds(Command::new(EMULATOR).arg("--version")) {
        missing.push(format!("the emulator `{EMULATOR}`; on Debian: apt-get install {EMULATOR}"));
    }
    let cargo = CORTEX_M3.cargo(&dir(workspace), "run");
    if cargo.is_none() {
        missing.push(CORTEX_M3.missing());
    }
    let Some(mut cargo) = cargo.filter(|_| missing.is_empty()) else {
        bail!("the firmware cannot be built and run here; there is missing:\n* {}", missing.join("\n* "));
    };
    process::run(cargo.env("CARGO_TARGET_DIR", workspace.target.join("bare-metal")).args([
        "--release",
        "--features",
        "firmware",
    ]))?;
    println!("the firmware has run on an emulated Cortex-M3");
    Ok(())
}
