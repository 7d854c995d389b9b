//! [`ExitReason`]: what a value is told when it is dropped asynchronously.

use core::fmt;

use crate::CancelReason;

/// Why a value is being dropped asynchronously.
///
/// The reason describes the *scope* that runs the cleanup, not the function that held the value: a function may have
/// failed while its caller went on and succeeded. So no reason but [`Closed`](Self::Closed) may make a transaction
/// commit.
///
/// # Examples
///
/// ```
/// use onpar_core::ExitReason;
///
/// fn may_commit(reason: ExitReason) -> bool {
///     reason == ExitReason::Closed
/// }
/// assert!(!may_commit(ExitReason::Ended));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExitReason {
    /// The owner closed it by an explicit call, and waits for the result.
    Closed,
    /// The thread was unwinding from a panic.
    Panicking,
    /// The scope, or the part of it that held the value, was being cancelled.
    Cancelled(CancelReason),
    /// The scope's body, or the part of it that held the value, ended in the poll that dropped the value.
    Ended,
    /// As [`Ended`](Self::Ended), with an error that ends the whole scope: the owner was the body or a child of a `try_scope`,
    /// or a member of a `try_join`.
    Failed,
    /// The value was dropped while its owner went on.
    Dropped,
}

impl fmt::Display for ExitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("it was closed"),
            Self::Panicking => f.write_str("its owner panicked"),
            Self::Cancelled(reason) => write!(f, "its owner was cancelled: {reason}"),
            Self::Ended => f.write_str("its owner ended"),
            Self::Failed => f.write_str("its owner failed"),
            Self::Dropped => f.write_str("it was dropped"),
        }
    }
}
