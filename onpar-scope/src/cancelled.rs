//! [`Cancelled`]: the error of work that somebody cancelled; [`Cancellation`]: the wait for that to happen.

use core::error::Error;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::CancelReason;

use crate::engine::driver_ref::DriverRef;

/// The work was cancelled, for this reason. What [`TryScope::cancel`](crate::TryScope::cancel) fails its scope with.
///
/// # Examples
///
/// ```
/// use onpar_core::CancelReason;
/// use onpar_scope::Cancelled;
///
/// assert_eq!(Cancelled(CancelReason::Deadline).to_string(), "the work was cancelled: its deadline passed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cancelled(pub CancelReason);

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the work was cancelled: {}", self.0)
    }
}

impl Error for Cancelled {}

/// The future of [`Scope::cancelled`](crate::Scope::cancelled): ends when the scope is being cancelled, and says why.
///
/// It owns all that it needs, so it can be given to work that goes on when the scope's own has been dropped. Of a scope that
/// ends without having been cancelled, it never ends.
///
/// # Cancel safety
///
/// Dropping it loses nothing.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Cancellation, scope};
///
/// # pollster::block_on(async {
/// scope(async |s| {
///     let cancellation: Cancellation = s.cancelled();
///     assert_eq!(cancellation.reason(), None);
/// })
/// .await;
/// # });
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Cancellation {
    scope: DriverRef,
    /// This future's place among those who wait.
    ticket: Option<u64>,
}

impl Cancellation {
    pub(crate) fn new(scope: DriverRef) -> Self {
        Self { scope, ticket: None }
    }

    /// Why the scope is being cancelled, if it is.
    pub fn reason(&self) -> Option<CancelReason> {
        self.scope.ending().reason()
    }
}

impl Clone for Cancellation {
    /// Another one that waits for the same.
    fn clone(&self) -> Self {
        Self::new(self.scope.clone())
    }
}

impl Future for Cancellation {
    type Output = CancelReason;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<CancelReason> {
        let Self { scope, ticket } = &mut *self;
        scope.ending().poll_begun(ticket, cx)
    }
}

impl Drop for Cancellation {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.scope.ending().leave(ticket);
        }
    }
}

impl fmt::Debug for Cancellation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancellation").field("reason", &self.reason()).finish_non_exhaustive()
    }
}
