//! [`Settled`]: waits until no cleanup is pending.
#![expect(unsafe_code, reason = "a driver's methods for every thread")]

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::engine::driver::Driver;

/// The future of [`Scope::settled`](crate::Scope::settled): ends when the scope has no cleanup pending.
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
    driver: &'scope Driver,
}

// SAFETY: it uses the methods of a driver that are for every thread, and no others.
unsafe impl Send for Settled<'_> {}
// SAFETY: as above.
unsafe impl Sync for Settled<'_> {}

impl<'scope> Settled<'scope> {
    pub(crate) fn new(driver: &'scope Driver) -> Self {
        Self { driver }
    }
}

impl Future for Settled<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.driver.poll_settled(cx)
    }
}

impl fmt::Debug for Settled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settled").finish_non_exhaustive()
    }
}
