//! [`CancelReason`]: who cancelled, and why.

use core::fmt;

/// Why work was cancelled.
///
/// Reasons are small, `Copy` and typed, so that a cleanup can be told them and a program can match on them.
///
/// # Examples
///
/// ```
/// use onpar_core::CancelReason;
///
/// assert_eq!(CancelReason::Deadline.to_string(), "its deadline passed");
/// assert_eq!(CancelReason::from("shutting down").to_string(), "shutting down");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CancelReason {
    /// A timeout or a deadline passed.
    Deadline,
    /// The future was dropped before it was done, by code that gave no reason: a foreign timeout, a `select!`, an abort.
    Dropped,
    /// A sibling in the same scope, or the same join or race, panicked.
    SiblingPanicked,
    /// A sibling in the same scope, or the same join, failed, which ended them all.
    SiblingFailed,
    /// Another competitor of the same race won.
    LostRace,
    /// Somebody asked for it, in these words.
    Requested(&'static str),
}

impl From<&'static str> for CancelReason {
    /// Somebody asked for it, in these words.
    fn from(words: &'static str) -> Self {
        Self::Requested(words)
    }
}

impl fmt::Display for CancelReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Deadline => "its deadline passed",
            Self::Dropped => "its future was dropped",
            Self::SiblingPanicked => "a sibling panicked",
            Self::SiblingFailed => "a sibling failed",
            Self::LostRace => "another won the race",
            Self::Requested(words) => words,
        })
    }
}
