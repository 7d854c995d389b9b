//! `cargo xtask wasm`: the program of the folder `wasm`, with the adapter that it is built on, for JavaScript's machine.
//!
//! It is built where the target is there; where Node.js and wasm-bindgen's runner of tests are there too, its tests are run, and else
//! the command says what is missing for that. The runner has to be of the version of wasm-bindgen in the lock file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::foreign_target::ForeignTarget;
use crate::process;
use crate::workspace::Workspace;

const WASM: ForeignTarget = ForeignTarget { name: "wasm32-unknown-unknown", crates: "std,panic_abort" };
const RUNNER: &str = "wasm-bindgen-test-runner";

/// Where the program stands.
pub(crate) fn dir(workspace: &Workspace) -> PathBuf {
    workspace.root.join("wasm")
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let dir = dir(workspace);
    let Some(mut cargo) = WASM.cargo(&dir, "test") else {
        bail!("the program cannot be built here; there is missing:\n* {}", WASM.missing());
    };
    cargo.env("CARGO_TARGET_DIR", workspace.target.join("wasm"));
    let missing = missing_to_run(&dir)?;
    if missing.is_empty() {
        process::run(&mut cargo)?;
        println!("the tests have run in Node.js");
    } else {
        process::run(cargo.arg("--no-run"))?;
        println!("the tests are built, and not run; for that there is missing:\n* {}", missing.join("\n* "));
    }
    Ok(())
}

fn missing_to_run(dir: &Path) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    if !process::succeeds(Command::new("node").arg("--version")) {
        missing.push("Node.js, as `node`; on Debian: apt-get install nodejs".to_owned());
    }
    let wanted = locked_version(dir, "wasm-bindgen")?;
    let found = process::output(Command::new(RUNNER).arg("--version")).unwrap_or_default();
    if found.split_whitespace().last() != Some(wanted.as_str()) {
        missing.push(format!("`{RUNNER}` {wanted}: cargo install wasm-bindgen-cli --version {wanted}"));
    }
    Ok(missing)
}

/// The version of a crate in the folder's lock file.
fn locked_version(dir: &Path, name: &str) -> Result<String> {
    let path = dir.join("Cargo.lock");
    let text = fs::read_to_string(&path).with_context(|| format!("no {}", path.display()))?;
    let mut lines = text.lines().skip_while(|line| *line != format!("name = \"{name}\"")).skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    Ok(version.with_context(|| format!("{} has no {name}", path.display()))?.to_owned())
}
