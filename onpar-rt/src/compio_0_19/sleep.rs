//! [`Sleep`]: one timer of a runtime of compio's.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use compio::runtime::Runtime;
use compio::time::sleep_until;
use onpar_core::Instant;

use crate::std_time;

/// One timer of a runtime of compio's. Made by [`Compio`](super::Compio).
///
/// Where it has to wait, it costs one allocation, and one more each time that it is reset: compio's own future has no name.
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
/// onpar_rt::compio_0_19::run(async |rt| {
///     let start = rt.now();
///     rt.sleep(Duration::from_millis(2)).await;
///     assert!(rt.now() - start >= Duration::from_millis(2));
/// });
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    runtime: Runtime,
    deadline: Instant,
    /// None: nobody waits, or the deadline is later than the platform can tell.
    timer: Option<Pin<Box<dyn Future<Output = ()>>>>,
    waker: Option<Waker>,
}

impl Sleep {
    pub(super) const fn new(runtime: Runtime, deadline: Instant) -> Self {
        Self { runtime, deadline, timer: None, waker: None }
    }

    /// When it ends.
    pub const fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(super) fn reset(&mut self, deadline: Instant) {
        self.deadline = deadline;
        self.timer = None;
        // If somebody waits, compio has to know at once.
        if let Some(waker) = self.waker.clone()
            && self.poll_timer(&mut Context::from_waker(&waker)).is_ready()
        {
            waker.wake();
        }
    }

    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        // Compio looks for the runtime that the thread is in, and panics where there is none.
        self.runtime.enter(|| {
            if self.timer.is_none() {
                self.timer = std_time::when(self.deadline).map(|when| Box::pin(sleep_until(when)) as _);
            }
            self.timer.as_mut().map_or(Poll::Pending, |timer| timer.as_mut().poll(cx))
        })
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std_time::now() >= self.deadline || self.poll_timer(cx).is_ready() {
            self.timer = None;
            self.waker = None;
            return Poll::Ready(());
        }
        if !self.waker.as_ref().is_some_and(|known| known.will_wake(cx.waker())) {
            self.waker = Some(cx.waker().clone());
        }
        Poll::Pending
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}
