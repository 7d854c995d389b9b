//! `cargo xtask qemu`: the firmware of the folder `bare-metal`, built for a Cortex-M3 and run on an emulated one.
//!
//! The firmware says by semihosting what came of it, and QEMU ends as it says. It needs the emulator, and `core` for the target:
//! either as rustup installs it, or built from its sources, which only a nightly cargo does. Where something is missing, the
//! command fails, and names all of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, cargo, cargo_of};
use crate::workspace::Workspace;

const TARGET: &str = "thumbv7m-none-eabi";
const EMULATOR: &str = "qemu-system-arm";

/// Where the firmware stands.
pub(crate) fn dir(workspace: &Workspace) -> PathBuf {
    workspace.root.join("bare-metal")
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let dir = dir(workspace);
    let mut missing = Vec::new();
    if !process::succeeds(Command::new(EMULATOR).arg("--version")) {
        missing.push(format!("the emulator `{EMULATOR}`; on Debian: apt-get install {EMULATOR}"));
    }
    let cargo = cargo_for_target(&dir);
    if cargo.is_none() {
        missing.push(format!(
            "`core` for {TARGET}: either the target (rustup target add {TARGET}), or a nightly toolchain with the sources \
             (rustup toolchain install nightly --component rust-src)"
        ));
    }
    let Some(mut cargo) = cargo.filter(|_| missing.is_empty()) else {
        bail!("the firmware cannot be built and run here; there is missing:\n* {}", missing.join("\n* "));
    };
    process::run(
        cargo
            .env("CARGO_TARGET_DIR", workspace.target.join("bare-metal"))
            // It would take the place of what the folder's own configuration says.
            .env_remove("RUSTFLAGS")
            .args(["--quiet", "--release", "--features", "firmware", "--target", TARGET]),
    )?;
    println!("the firmware has run on an emulated Cortex-M3");
    Ok(())
}

/// `cargo run` of a toolchain that has `core` for the target, or builds it.
fn cargo_for_target(dir: &Path) -> Option<Command> {
    if has_core(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]), "") {
        let mut command = cargo(dir);
        command.arg("run");
        return Some(command);
    }
    let mut sysroot = Command::new("rustup");
    sysroot.args(["run", "nightly", "rustc", "--print", "sysroot"]).env_remove("RUSTUP_TOOLCHAIN");
    has_core(&mut sysroot, "lib/rustlib/src/rust/library/core").then(|| {
        let mut command = cargo_of("nightly", dir);
        command.args(["run", "-Zbuild-std=core"]);
        command
    })
}

/// Whether the folder that `command` prints is there, and in it `inside`.
fn has_core(command: &mut Command, inside: &str) -> bool {
    process::output(command).is_ok_and(|path| Path::new(path.trim()).join(inside).is_dir())
}
