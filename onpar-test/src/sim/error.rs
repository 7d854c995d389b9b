//! [`SimError`]: what went wrong with a simulation, other than a panic in its body.

use core::error::Error;
use core::fmt;

use super::Report;

/// What went wrong with a simulation, other than a panic in its body.
///
/// # Examples
///
/// ```
/// use std::future::pending;
/// use onpar_test::{Sim, SimError};
///
/// let error = Sim::new(1).try_run(async |_rt| pending::<()>().await).unwrap_err();
/// assert!(matches!(&error, SimError::Deadlock(report) if report.tasks().len() == 1));
/// assert!(error.to_string().contains("nobody holds its waker"));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SimError {
    /// Nothing is ready and no timer is set, but the body has not ended.
    Deadlock(Box<Report>),
    /// The limit of steps is used up, but the body has not ended. The tasks of the report are those that kept spinning.
    Livelock(Box<Report>),
    /// The body has ended, but tasks or timers are still alive.
    LeftAlive(Box<Report>),
    /// The body has ended, but a task had panicked, and nobody has asked its handle: in its body, or in the destructor of an output
    /// that nobody took.
    UnseenPanic(Box<Report>),
}

impl SimError {
    /// Who was alive, and what it waited on.
    pub const fn report(&self) -> &Report {
        match self {
            Self::Deadlock(report) | Self::Livelock(report) | Self::LeftAlive(report) | Self::UnseenPanic(report) => {
                report
            }
        }
    }
}

impl fmt::Display for SimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Deadlock(_) => "deadlock: nothing is ready, no timer is set, and the body has not ended",
            Self::Livelock(_) => {
                "livelock: the body has not ended within the limit of steps (see `Sim::step_limit`); these kept spinning"
            }
            Self::LeftAlive(_) => "the body has ended, but these are still alive (`Sim::allow_leftovers` permits it)",
            Self::UnseenPanic(_) => {
                "a task panicked, and nobody has asked its handle (`Sim::allow_leftovers` permits it)"
            }
        })?;
        write!(f, "\n{}", self.report())
    }
}

impl Error for SimError {}
