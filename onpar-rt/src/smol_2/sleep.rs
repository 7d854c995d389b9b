//! [`Sleep`]: one timer of smol's reactor.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use onpar_core::Instant;
use smol::Timer;

use crate::std_time;

/// One timer of smol's reactor. Made by [`Smol`](super::Smol).
///
/// It may be polled anywhere, and is woken as long as the process lives.
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
/// onpar_rt::smol_2::run(async |rt| {
///     let start = rt.now();
///     rt.sleep(Duration::from_millis(2)).await;
///     assert!(rt.now() - start >= Duration::from_millis(2));
/// });
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    timer: Timer,
    deadline: Instant,
    ended: bool,
}

impl Sleep {
    pub(super) fn new(deadline: Instant) -> Self {
        Self { timer: timer(deadline), deadline, ended: false }
    }

    /// When it ends.
    pub const fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(super) fn reset(&mut self, deadline: Instant) {
        self.deadline = deadline;
        self.ended = false;
        match std_time::when(deadline) {
            Some(when) => self.timer.set_at(when),
            None => self.timer.clear(),
        }
    }
}

fn timer(deadline: Instant) -> Timer {
    std_time::when(deadline).map_or_else(Timer::never, Timer::at)
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // Smol's timer is pending for ever when it has fired once.
        if !self.ended {
            ready!(Pin::new(&mut self.timer).poll(cx));
            self.ended = true;
        }
        Poll::Ready(())
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}
