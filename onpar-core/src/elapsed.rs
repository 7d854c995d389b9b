//! [`Elapsed`]: something was not done in time.

use core::error::Error;
use core::fmt;

/// A deadline passed before what was waited for had come. Whoever gives it says what became of the work.
///
/// # Examples
///
/// ```
/// assert_eq!(onpar_core::Elapsed.to_string(), "the deadline passed first");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the deadline passed first")
    }
}

impl Error for Elapsed {}
