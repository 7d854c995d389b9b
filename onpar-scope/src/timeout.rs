//! [`timeout`]: a future with a deadline, which returns when its cleanups have ended.

use core::error::Error;
use core::fmt;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::panic::resume_unwind;

use onpar_core::{CancelReason, Clock};
use pin_project_lite::pin_project;

use crate::CleanupError;
use crate::engine::budget::ClockBudget;
use crate::engine::node::Kind;
use crate::engine::supervised::{End, Supervised, driver_here};
use crate::outcome::{Collecting, OutcomeFuture};

/// Gives `future` until `duration` from now, by `clock`. If it has not ended by then, it is dropped, its guards are cleaned
/// up, and *then* the timeout returns: whoever reconnects finds the old connection closed.
///
/// A value that is ready in the same poll as the deadline wins. The timeout waits for the cleanups of this future alone.
/// It allocates once, or not at all within a scope that has memory to use again.
///
/// # Cancel safety
///
/// Dropping it drops the future; the cleanups are handed over as those of a [`scope`](crate::scope()).
///
/// # Errors
///
/// [`Elapsed`], if the deadline came first.
///
/// # Panics
///
/// A panic of the future passes on, after its cleanups.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_scope::{Elapsed, timeout};
/// # struct Connection;
/// # async fn connect() -> Connection { Connection }
///
/// async fn connect_soon(clock: &impl Clock) -> Result<Connection, Elapsed> {
///     timeout(clock, Duration::from_secs(1), connect()).await
/// }
/// ```
#[track_caller]
pub fn timeout<C, Fut>(clock: C, duration: Duration, future: Fut) -> Timeout<C, Fut>
where
    C: Clock, // a clock is a value: that of your runtime, or of whoever calls you
    Fut: Future,
{
    let driver = driver_here(Kind::Send, "timeout", Location::caller());
    Timeout { work: Supervised::new(driver, future), sleep: clock.sleep(duration), clock }
}

/// The deadline of a [`timeout`] came before its future had ended. Its cleanups have ended.
///
/// # Examples
///
/// ```
/// assert_eq!(onpar_scope::Elapsed.to_string(), "the deadline passed; the work was cancelled and cleaned up");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the deadline passed; the work was cancelled and cleaned up")
    }
}

impl Error for Elapsed {}

pin_project! {
    /// The future of [`timeout`].
    ///
    /// # Cancel safety
    ///
    /// As [`timeout`] says: dropping it drops the work and hands the cleanups over.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::{future::Ready, time::Duration};
    /// use onpar_core::Clock;
    /// use onpar_scope::{Timeout, timeout};
    ///
    /// fn at_once<C: Clock>(clock: C) -> Timeout<C, Ready<u32>> {
    ///     timeout(clock, Duration::ZERO, std::future::ready(42))
    /// }
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Timeout<C: Clock, Fut: Future> {
        #[pin]
        work: Supervised<Fut>,
        #[pin]
        sleep: C::Sleep,
        clock: C,
    }
}

impl<C: Clock, Fut: Future> Timeout<C, Fut> {
    /// Bounds the cleanups by one total, counted from the end of the future or from the deadline.
    ///
    /// As [`ScopeFuture::cleanup_budget`](crate::ScopeFuture::cleanup_budget).
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_scope::{Elapsed, timeout};
    /// # async fn query() -> u32 { 7 }
    ///
    /// /// Ends after six seconds at the latest.
    /// async fn query_soon<C: Clock<Sleep: Send> + Send + 'static>(clock: C) -> Result<u32, Elapsed> {
    ///     timeout(clock, Duration::from_secs(5), query()).cleanup_budget(Duration::from_secs(1)).await
    /// }
    /// ```
    pub fn cleanup_budget(self, total: Duration) -> Self
    where
        C: Clock<Sleep: Send> + Send + 'static,
    {
        self.work.driver().set_budget(Box::pin(ClockBudget::new(self.clock.clone(), total)));
        self
    }

    /// Gives cleanup errors beside the value, instead of telling the [hook](crate::set_cleanup_hook).
    ///
    /// # Cancel safety
    ///
    /// As the timeout itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_scope::timeout;
    /// # async fn query() -> u32 { 7 }
    ///
    /// async fn query_soon(clock: impl Clock) -> Option<u32> {
    ///     let outcome = timeout(clock, Duration::from_secs(5), query()).outcome().await;
    ///     for error in outcome.cleanup {
    ///         eprintln!("{error}");
    ///     }
    ///     outcome.value.ok()
    /// }
    /// ```
    pub fn outcome(self) -> OutcomeFuture<Self> {
        self.work.driver().collect();
        OutcomeFuture::new(self)
    }
}

impl<C: Clock, Fut: Future> Future for Timeout<C, Fut> {
    type Output = Result<Fut::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let mut polled = this.work.as_mut().poll(cx);
        if polled.is_pending() && this.work.is_running() {
            ready!(this.sleep.poll(cx));
            this.work.as_mut().cancel(CancelReason::Deadline);
            polled = this.work.poll(cx);
        }
        match ready!(polled) {
            End::Value(value) => Poll::Ready(Ok(value)),
            End::Cancelled => Poll::Ready(Err(Elapsed)),
            End::Panic(payload) => resume_unwind(payload),
        }
    }
}

impl<C: Clock, Fut: Future> Collecting for Timeout<C, Fut> {
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().work.driver().take_errors()
    }
}

impl<C: Clock, Fut: Future> fmt::Debug for Timeout<C, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timeout").field("running", &self.work.is_running()).finish_non_exhaustive()
    }
}
