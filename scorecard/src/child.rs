//! Programs that end their process: the scorecard starts itself once more for each.

use core::time::Duration;
use std::env;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;

use anyhow::{Context as _, Result};

use crate::measured::Measured;
use crate::stories;

/// The argument that no help mentions.
pub const ARGUMENT: &str = "--child";

/// How often it is asked whether the child has ended: little beside what valgrind takes to start one.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// What is said of a process that was aborted.
const ABORTED: &str = "SIGABRT";
/// Longer than any machine takes for a child that just runs.
const PATIENCE: Duration = Duration::from_secs(10);

static SCORECARD: OnceLock<PathBuf> = OnceLock::new();

/// How a child ended.
#[derive(Debug)]
pub struct Ended {
    /// `None` if it had to be killed.
    pub status: Option<ExitStatus>,
    /// What it wrote.
    pub output: String,
}

/// Names the program that has the children, where it is not the one that runs: in tests.
pub fn program(path: impl Into<PathBuf>) {
    drop(SCORECARD.set(path.into()));
}

/// The command that runs this child, behind other arguments of its own if `around` is given.
///
/// # Errors
///
/// If the operating system does not say where the running program is.
pub fn command(name: &str, around: Option<Command>) -> Result<Command> {
    let path = match SCORECARD.get() {
        Some(path) => path.clone(),
        None => env::current_exe().context("where am I?")?,
    };
    let mut command = match around {
        Some(mut around) => {
            around.arg(path);
            around
        }
        None => Command::new(path),
    };
    command.args([ARGUMENT, name]);
    Ok(command)
}

/// Runs a child to its end, or kills it when `patience` is over.
///
/// # Errors
///
/// If it cannot be started.
#[expect(clippy::disallowed_methods, reason = "it waits for another process, on a thread that has nothing else to do")]
pub fn run(mut command: Command, patience: Duration) -> Result<Ended> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut stdout = child.stdout.take().context("the child's output is not piped")?;
    let reader = thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let mut left = patience;
    let mut status = child.try_wait()?;
    while status.is_none() && !left.is_zero() {
        thread::sleep(LOOK_AGAIN);
        left = left.saturating_sub(LOOK_AGAIN);
        status = child.try_wait()?;
    }
    if status.is_none() {
        child.kill()?;
        child.wait()?;
    }
    let output = reader.join().ok().context("the reader of the child's output panicked")??;
    Ok(Ended { status, output })
}

/// Runs the child of this name. It goes wrong if it is aborted; if it ends in another way than by success, nothing was
/// measured.
pub fn aborts(name: &str) -> Measured {
    let mut measured = Measured::new("process died");
    match command(name, None).and_then(|command| run(command, PATIENCE)) {
        Ok(Ended { status: Some(status), .. }) => {
            let words = status.to_string();
            let aborted = words.contains(ABORTED);
            if status.success() || aborted {
                measured.count(aborted);
            }
            measured.note(if aborted { ABORTED } else { &words })
        }
        Ok(_) => measured.note("the process never ended"),
        Err(error) => measured.note(error.to_string()),
    }
}

/// Runs the child of this name in this process. False if there is none.
pub fn be(name: &str) -> bool {
    let mut children = stories::ALL.iter().flat_map(|story| story.children);
    let Some(child) = children.find(|child| child.name == name) else { return false };
    (child.run)();
    true
}
