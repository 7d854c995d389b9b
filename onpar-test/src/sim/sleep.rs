//! [`Sleep`]: a timer of the virtual clock.

use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::Arc;

use onpar_core::Instant;

use super::scheduler::Shared;

/// A timer of the virtual clock. Made by [`Rt`](super::Rt), which is a [`Clock`](onpar_core::Clock).
///
/// A sleep until [`Instant::FAR_FUTURE`] never ends: the clock does not go on to there. Neither does one that outlives
/// its simulation, unless it was over before.
///
/// # Cancel safety
///
/// Dropping it takes the timer away.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    shared: Arc<Shared>,
    deadline: Instant,
    /// The timer that is set, if one is.
    key: Option<(Instant, u64)>,
    place: &'static Location<'static>,
}

impl Sleep {
    pub(super) const fn new(shared: Arc<Shared>, deadline: Instant, place: &'static Location<'static>) -> Self {
        Self { shared, deadline, key: None, place }
    }

    /// When it ends.
    pub const fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Keeps the waker: whoever polled last is woken at the new deadline.
    pub(super) fn reset(&mut self, deadline: Instant) {
        self.deadline = deadline;
        if let Some(key) = self.key.take() {
            let timer = self.shared.lock().timers.remove(&key);
            if let Some(timer) = timer {
                self.key = self.shared.set_timer(Some(key), deadline, &timer.waker, self.place);
            }
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let key = self.key.take();
        if self.shared.lock().now >= self.deadline {
            if let Some(key) = key {
                self.shared.cancel_timer(key);
            }
            return Poll::Ready(());
        }
        self.key = self.shared.set_timer(key, self.deadline, cx.waker(), self.place);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.shared.cancel_timer(key);
        }
    }
}

impl core::fmt::Debug for Sleep {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Sleep").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}
