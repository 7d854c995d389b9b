//! [`output`]: what cargo says of this workspace, from what is on this machine.

use std::env;
use std::process::Command;

/// A command of the cargo that builds this.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("RUSTFLAGS");
    cargo
}

/// What cargo writes to these arguments.
///
/// # Panics
///
/// If it fails.
pub(crate) fn output(arguments: &[&str]) -> String {
    let output = cargo().args(arguments).arg("--offline").output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
