//! [`Sleep`]: one timer of the local executor.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::Arc;

use onpar_core::Instant;

use super::shared::Shared;

/// One timer of the local executor. Made by [`Local`](super::Local) and by [`LocalClock`](super::LocalClock).
///
/// It may be polled on any thread, by any executor. But it is the executor it came from that wakes it, while that runs: a
/// sleep that is polled when its executor does not run, or is gone, stays pending until it is polled after its deadline.
/// It never panics.
///
/// # Cancel safety
///
/// Dropping it takes the timer away.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
///
/// onpar_rt::local::run(async |rt| {
///     let deadline = rt.now() + Duration::from_millis(1);
///     rt.sleep_until(deadline).await;
///     assert!(rt.now() >= deadline);
/// });
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    shared: Arc<Shared>,
    deadline: Instant,
    /// The place of the timer, once it is set.
    slot: Option<usize>,
}

impl Sleep {
    pub(super) const fn new(shared: Arc<Shared>, deadline: Instant) -> Self {
        Self { shared, deadline, slot: None }
    }

    /// When it ends.
    pub const fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(super) fn reset(&mut self, deadline: Instant) {
        self.deadline = deadline;
        if let Some(slot) = self.slot {
            self.shared.reset_timer(slot, deadline);
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.shared.now() < self.deadline {
            let slot = self.shared.set_timer(self.slot, self.deadline, cx.waker().clone());
            self.slot = Some(slot);
            return Poll::Pending;
        }
        if let Some(slot) = self.slot.take() {
            self.shared.remove_timer(slot);
        }
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(slot) = self.slot {
            self.shared.remove_timer(slot);
        }
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}
