//! [`Settled`]: waits until no cleanup is pending.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use crate::engine::frame::{give_step_back, poll_step};
use crate::engine::shared::Shared;

/// The future of [`Scope::settled`](crate::Scope::settled) and [`Reaper::idle`](crate::Reaper::idle): ends at a moment when
/// no cleanup is pending.
///
/// A cleanup that comes meanwhile prolongs it. Awaited in a cleanup of the same scope or reaper, it never ends.
///
/// # Cancel safety
///
/// Dropping it loses nothing: the cleanups go on.
///
/// # Examples
///
/// ```
/// use onpar_scope::{Settled, scope};
///
/// # pollster::block_on(async {
/// scope(async |s| {
///     let settled: Settled<'_> = s.settled();
///     settled.await;
/// })
/// .await;
/// # });
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Settled<'scope> {
    scope: &'scope Shared,
    /// This future's place among those who wait.
    ticket: Option<u64>,
}

impl<'scope> Settled<'scope> {
    pub(crate) fn new(scope: &'scope Shared) -> Self {
        Self { scope, ticket: None }
    }
}

impl Future for Settled<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        ready!(poll_step(cx));
        let this = &mut *self;
        let polled = this.scope.pending().poll_none(&mut this.ticket, cx);
        if polled.is_pending() {
            give_step_back();
        }
        polled
    }
}

impl Drop for Settled<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.scope.pending().leave(ticket);
        }
    }
}

impl fmt::Debug for Settled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settled").finish_non_exhaustive()
    }
}
