//! [`says`]: what valgrind says of a child.

use core::fmt;
use core::time::Duration;
use std::process::{Command, Stdio};

use crate::child;

/// Longer than any machine takes for it.
const PATIENCE: Duration = Duration::from_mins(1);
/// An exit status that the child itself does not end with.
const FOUND_SOMETHING: i32 = 99;

/// What it came to.
#[derive(Debug)]
pub(super) enum Verdict {
    Clean,
    NotInstalled,
    Bad(String),
}

impl Verdict {
    pub(super) const fn is_bad(&self) -> bool {
        matches!(self, Self::Bad(_))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clean => f.write_str("valgrind clean"),
            Self::NotInstalled => f.write_str("no valgrind here"),
            Self::Bad(words) => write!(f, "valgrind: {words}"),
        }
    }
}

/// Runs the child of this name under valgrind. Leaks are what it is about, so they do not count.
pub(super) fn says(name: &str) -> Verdict {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !version.is_ok_and(|status| status.success()) {
        return Verdict::NotInstalled;
    }
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--quiet", "--leak-check=no", &format!("--error-exitcode={FOUND_SOMETHING}")]);
    match child::command(name, Some(valgrind)).and_then(|command| child::run(command, PATIENCE)) {
        Ok(child::Ended { status: Some(status), .. }) if status.success() => Verdict::Clean,
        Ok(child::Ended { status: Some(status), .. }) if status.code() == Some(FOUND_SOMETHING) => {
            Verdict::Bad("memory used wrongly".to_owned())
        }
        Ok(child::Ended { status: Some(status), .. }) => Verdict::Bad(status.to_string()),
        Ok(child::Ended { status: None, .. }) => Verdict::Bad("never ended".to_owned()),
        Err(error) => Verdict::Bad(error.to_string()),
    }
}
