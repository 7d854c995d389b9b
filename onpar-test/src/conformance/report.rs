//! [`Nonconforming`]: what a runtime does not keep.

use core::error::Error;
use core::fmt;

/// A check that has failed.
///
/// # Examples
///
/// ```
/// use onpar_test::conformance::Failure;
///
/// let failure = Failure { check: "a call gives its value", saw: "it gave 3".into() };
/// assert_eq!(failure.check, "a call gives its value");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What should hold.
    pub check: &'static str,
    /// What was seen instead.
    pub saw: String,
}

/// The checks that a runtime has failed.
///
/// # Examples
///
/// ```
/// use onpar_test::Nonconforming;
/// use onpar_test::conformance::Failure;
///
/// let error = Nonconforming { failures: vec![Failure { check: "a call gives its value", saw: "it gave 3".into() }] };
/// assert_eq!(error.to_string(), "1 check failed\na call gives its value: it gave 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonconforming {
    /// In the order in which they were made. Never empty when it comes from a suite.
    pub failures: Vec<Failure>,
}

impl fmt::Display for Nonconforming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.failures.len() == 1 { "" } else { "s" };
        write!(f, "{} check{plural} failed", self.failures.len())?;
        for Failure { check, saw } in &self.failures {
            write!(f, "\n{check}: {saw}")?;
        }
        Ok(())
    }
}

impl Error for Nonconforming {}
