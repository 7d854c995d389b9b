//! [`timeout`]: a future with a deadline, which returns when its cleanups have ended.

use core::fmt;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

use onpar_core::{Clock, Elapsed, Instant};
use pin_project_lite::pin_project;

use crate::CleanupError;
use crate::engine::driver::Keeps;
use crate::engine::node::Kind;
use crate::engine::supervised::driver_here;
use crate::limited::Limited;
use crate::outcome::{Collecting, OutcomeFuture};

/// Gives `future` until `duration` from now, by `clock`. If it has not ended by then, it is dropped, its guards are cleaned
/// up, and *then* the timeout returns: whoever reconnects finds the old connection closed.
///
/// A value that is ready in the same poll as the deadline wins. The timeout waits for the cleanups of this future alone.
/// Local guards are not its affair: they go to the local scope around it, and [`local_timeout`](crate::local_timeout) waits
/// for them. It allocates once, or not at all where the thread has memory to use again.
///
/// It can only cancel a future that gives its thread back. One that awaits nothing but what is ready at once gives it back
/// every 64 awaits of onpar (a `close`, a scope, a [`checkpoint`](crate::checkpoint)); in a loop whose awaits are all other
/// people's and all ready, put a [`checkpoint`](crate::checkpoint).
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
    C: Clock,    // a clock is a value: that of your runtime, or of whoever calls you
    Fut: Future, // an event loop becomes one by `.run()`
{
    let driver = driver_here(Kind::Send, "timeout", Location::caller());
    let sleep = clock.sleep(duration);
    Timeout { limited: Limited::new(driver, clock, sleep, future) }
}

/// Gives `future` until `deadline`, by `clock`. As [`timeout`] otherwise.
///
/// Of several deadlines around each other the earliest counts.
///
/// # Cancel safety
///
/// As [`timeout`].
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
/// use onpar_scope::{Elapsed, deadline};
/// # async fn ask() -> u32 { 42 }
///
/// async fn ask_both(clock: &impl Clock) -> Result<(u32, u32), Elapsed> {
///     let end = clock.now() + Duration::from_secs(1); // for both together
///     Ok((deadline(clock, end, ask()).await?, deadline(clock, end, ask()).await?))
/// }
/// ```
#[track_caller]
pub fn deadline<C, Fut>(clock: C, deadline: Instant, future: Fut) -> Timeout<C, Fut>
where
    C: Clock, // a clock is a value: that of your runtime, or of whoever calls you
    Fut: Future,
{
    let driver = driver_here(Kind::Send, "deadline", Location::caller());
    let sleep = clock.sleep_until(deadline);
    Timeout { limited: Limited::new(driver, clock, sleep, future) }
}

pin_project! {
    /// The future of [`timeout`] and [`deadline`]. `R` is what `Fut` gives.
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
    pub struct Timeout<C: Clock, Fut: Future, R = <Fut as Future>::Output> {
        #[pin]
        limited: Limited<C, Fut, R>,
    }
}

impl<C: Clock, Fut: Future> Timeout<C, Fut> {
    /// Names the timeout in reports.
    pub fn named(self, name: &'static str) -> Self {
        self.limited.work.rename(name);
        self
    }

    /// Bounds the cleanups by one total, counted from the end of the future or from the deadline.
    ///
    /// As [`ScopeFuture::cleanup_budget`](crate::ScopeFuture::cleanup_budget).
    pub fn cleanup_budget(self, total: Duration) -> Self
    where
        C: Clock<Sleep: Send> + Send + 'static,
    {
        self.limited.set_budget(total);
        self
    }

    /// Gives cleanup errors beside the value, instead of telling the [hook](crate::set_cleanup_hook).
    ///
    /// # Cancel safety
    ///
    /// As the timeout itself.
    pub fn outcome(self) -> OutcomeFuture<Self> {
        self.limited.work.keep_errors(Keeps::All);
        OutcomeFuture::new(self)
    }
}

impl<C: Clock, Fut: Future> Future for Timeout<C, Fut> {
    type Output = Result<Fut::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().limited.poll(cx)
    }
}

impl<C: Clock, Fut: Future> Collecting for Timeout<C, Fut> {
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().limited.work().take_errors()
    }
}

impl<C: Clock, Fut: Future> fmt::Debug for Timeout<C, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timeout").field("running", &self.limited.work.is_running()).finish_non_exhaustive()
    }
}
