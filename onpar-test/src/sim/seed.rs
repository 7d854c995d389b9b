//! Where a seed comes from, and how to have the same run again.

use core::fmt;

/// The environment variable that replays a run.
pub(super) const VARIABLE: &str = "ONPAR_SEED";

/// A seed, and whether the environment may replace it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed {
    pub(super) number: u64,
    pub(super) from_env: bool,
}

/// The seed in the environment, if there is one.
///
/// # Panics
///
/// If there is one that is no number.
pub(super) fn from_env() -> Option<u64> {
    let words = std::env::var(VARIABLE).ok()?;
    let number = match words.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16),
        None => words.parse(),
    };
    match number {
        Ok(number) => Some(number),
        Err(error) => panic!("{VARIABLE}={words}: {error}; set it to the number that a failed run has printed"),
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, from_env } = self;
        if !from_env {
            return write!(f, "seed {number}, fixed by `Sim::new({number})`: every run is the same");
        }
        write!(f, "seed {number}; to replay: {VARIABLE}={number} cargo test")?;
        // The test harness names the thread after the test.
        match std::thread::current().name() {
            Some(test) if test != "main" => write!(f, " {test} -- --exact"),
            _ => Ok(()),
        }
    }
}
