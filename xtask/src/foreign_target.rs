//! Building for another machine: a cargo that has, or builds, the standard crates of a target.
//!
//! Either rustup has installed the target, or a nightly cargo builds its crates from their sources.

use std::path::Path;
use std::process::Command;

use crate::process::{self, cargo, cargo_of};

/// A target, and which of the standard crates are needed for it.
pub(crate) struct ForeignTarget {
    pub(crate) name: &'static str,
    pub(crate) crates: &'static str,
}

impl ForeignTarget {
    /// `cargo SUBCOMMAND --target ..` in `dir`. None where neither way is there.
    pub(crate) fn cargo(&self, dir: &Path, subcommand: &str) -> Option<Command> {
        let mut command = if has(Command::new("rustc").args(["--print", "target-libdir", "--target", self.name]), "") {
            cargo(dir)
        } else {
            let mut sysroot = Command::new("rustup");
            sysroot.args(["run", "nightly", "rustc", "--print", "sysroot"]).env_remove("RUSTUP_TOOLCHAIN");
            if !has(&mut sysroot, "lib/rustlib/src/rust/library/core") {
                return None;
            }
            let mut command = cargo_of("nightly", dir);
            command.arg(format!("-Zbuild-std={}", self.crates));
            command
        };
        // Flags would take the place of what the folder's own configuration says.
        command.env_remove("RUSTFLAGS").args([subcommand, "--target", self.name]);
        Some(command)
    }

    /// What to install where [`cargo`](Self::cargo) gives none.
    pub(crate) fn missing(&self) -> String {
        format!(
            "the standard crates for {0}: either the target (rustup target add {0}), or a nightly toolchain with the sources \
             (rustup toolchain install nightly --component rust-src)",
            self.name
        )
    }
}

/// Whether the folder that `command` prints is there, and in it `inside`.
fn has(command: &mut Command, inside: &str) -> bool {
    process::output(command).is_ok_and(|path| Path::new(path.trim()).join(inside).is_dir())
}
