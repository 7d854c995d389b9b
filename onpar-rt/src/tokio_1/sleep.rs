//! [`Sleep`]: one timer of a tokio runtime.

use core::fmt;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::panic::catch_unwind;

use pin_project_lite::pin_project;
use tokio::task::coop;
use tokio::time::Instant;

pin_project! {
    /// One timer of a tokio runtime. Made by [`Tokio`](super::Tokio).
    ///
    /// It may be polled anywhere, and never panics. But it is its runtime that wakes it: one whose runtime has shut down
    /// stays pending until it is polled after its deadline. (Tokio panics then; that panic is caught, and the panic hook
    /// sees it.)
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
    /// use onpar_rt::tokio_1::Tokio;
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let rt = Tokio::current()?;
    /// let start = rt.now();
    /// rt.sleep(Duration::from_secs(5)).await;
    /// assert_eq!(rt.now() - start, Duration::from_secs(5));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Sleep {
        #[pin]
        timer: tokio::time::Sleep,
        // Whether the deadline had passed when it was set.
        passed: bool,
        // Whether the runtime has been found shut down.
        dead: bool,
    }
}

impl Sleep {
    pub(super) const fn new(timer: tokio::time::Sleep, passed: bool) -> Self {
        Self { timer, passed, dead: false }
    }

    pub(super) fn reset(self: Pin<&mut Self>, deadline: Instant, passed: bool) {
        let this = self.project();
        *this.passed = passed;
        this.timer.reset(deadline);
    }
}

impl Future for Sleep {
    type Output = ();

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        // Tokio's timer looks at the clock once a turn, so a deadline that has just passed would be pending at first.
        if *this.passed || *this.dead && this.timer.deadline() <= Instant::now() {
            // As in tokio, a task that does nothing but such sleeps yields from time to time.
            ready!(coop::poll_proceed(cx)).made_progress();
            return Poll::Ready(());
        }
        if *this.dead {
            return Poll::Pending;
        }
        catch_unwind(AssertUnwindSafe(|| this.timer.poll(cx))).unwrap_or_else(|_shut_down| {
            *this.dead = true;
            Poll::Pending
        })
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("deadline", &self.timer.deadline()).finish_non_exhaustive()
    }
}
