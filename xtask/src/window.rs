//! `cargo xtask window`: the window of the folder `window`, on a screen that nobody sees.
//!
//! First its tests, which need no screen. Then the window itself loads, is cancelled, loads again and is closed meanwhile, under
//! Xvfb; what it says is compared. Where something is missing for that, the command fails, and names all of it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail, ensure};

use crate::process::{self, cargo};
use crate::workspace::Workspace;

/// What the window has to say, in this order. Then it says how often it was painted.
const SAYS: [&str; 5] = ["loading", "cancelled", "loading", "cancelled", "closed"];

/// What winit opens when it runs, and where Debian keeps it.
const LIBRARIES: [(&str, &str); 5] = [
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
];

/// Where the window stands.
pub(crate) fn dir(workspace: &Workspace) -> PathBuf {
    workspace.root.join("window")
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let (dir, target) = (dir(workspace), workspace.target.join("window"));
    process::run(cargo(&dir).env("CARGO_TARGET_DIR", &target).args(["test", "--quiet"]))?;
    let missing = missing();
    if !missing.is_empty() {
        bail!("the tests have passed, but no window can be opened here; there is missing:\n* {}", missing.join("\n* "));
    }
    process::run(cargo(&dir).env("CARGO_TARGET_DIR", &target).args(["build", "--quiet"]))?;
    let said = process::output(
        // On Wayland, Xvfb would have nothing to show.
        Command::new("xvfb-run").arg("-a").arg(target.join("debug/window")).arg("--demo").env_remove("WAYLAND_DISPLAY"),
    )?;
    print!("{said}");
    let mut lines = said.lines();
    ensure!(lines.by_ref().take(SAYS.len()).eq(SAYS), "it should have said: {}", SAYS.join(", "));
    let last = lines.next().unwrap_or_default();
    ensure!(last.ends_with("; files left: 0"), "it should have left no file");
    ensure!(!last.starts_with("painted 0 "), "it should have painted something");
    println!("the window has been opened, used and closed under Xvfb");
    Ok(())
}

fn missing() -> Vec<String> {
    let mut missing = Vec::new();
    if !process::succeeds(Command::new("xvfb-run").arg("--help")) {
        missing.push("the screen `xvfb-run`; on Debian: apt-get install xvfb xauth".to_owned());
    }
    let known = ["ldconfig", "/sbin/ldconfig"].map(|name| process::output(Command::new(name).arg("-p")));
    // Where nobody tells what there is, winit will say what it does not find.
    if let Some(known) = known.into_iter().find_map(Result::ok) {
        let absent = LIBRARIES.iter().filter(|(library, _)| !known.contains(library));
        missing.extend(absent.map(|(library, package)| format!("`{library}`; on Debian: apt-get install {package}")));
    }
    missing
}
