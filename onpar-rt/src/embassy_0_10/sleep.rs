//! [`Sleep`]: one timer of an [`Embassy`](super::Embassy).

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::Instant;
use pin_project_lite::pin_project;

use super::queue::Entry;
use super::ticks;
use super::timers::{self, Timers};

pin_project! {
    /// One timer. Made by [`Embassy`](super::Embassy).
    ///
    /// It may be polled by any executor and with any waker: embassy's own, or that of a scope for one of its children.
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
    /// use onpar_rt::embassy_0_10::Embassy;
    ///
    /// async fn blink_once(rt: &Embassy) {
    ///     let sleep: onpar_rt::embassy_0_10::Sleep = rt.sleep(Duration::from_millis(500));
    ///     sleep.await;
    /// }
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Sleep {
        #[pin]
        entry: Entry,
        deadline: Instant,
    }
}

impl Sleep {
    pub(super) const fn new(timers: &'static Timers, deadline: Instant) -> Self {
        Self { entry: Entry::new(&timers.queue), deadline }
    }

    /// When it ends.
    pub const fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(super) fn reset(self: Pin<&mut Self>, deadline: Instant) {
        let this = self.project();
        *this.deadline = deadline;
        timers::arm(this.entry.as_ref().put_off(ticks::tick(deadline)));
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let tick = ticks::tick(*this.deadline);
        if tick <= ticks::now() {
            this.entry.forget();
            return Poll::Ready(());
        }
        timers::arm(this.entry.as_ref().wait(tick, cx.waker()));
        Poll::Pending
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}
