//! [`local_timeout`]: a timeout for work and cleanups that stay on their thread.

use core::fmt;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

use onpar_core::Clock;
use pin_project_lite::pin_project;

use crate::engine::driver::Keeps;
use crate::engine::node::Kind;
use crate::engine::supervised::driver_here;
use crate::limited::Limited;
use crate::of_this_thread::OfThisThread;
use crate::outcome::{Collecting, OutcomeFuture};
use crate::{CleanupError, Elapsed};

/// [`timeout`](crate::timeout) for work with local guards, which it waits for too.
///
/// # Cancel safety
///
/// Dropping it drops the future; the cleanups are handed over as those of a [`local_scope`](crate::local_scope).
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
/// use std::{rc::Rc, time::Duration};
/// use onpar_core::Clock;
/// use onpar_scope::{Elapsed, local_defer, local_timeout};
///
/// async fn ask(clock: &impl Clock, window: Rc<str>) -> Result<(), Elapsed> {
///     let question = async {
///         let _window = local_defer(window, async |window| println!("closing {window}"));
///         std::future::pending().await
///     };
///     local_timeout(clock, Duration::from_secs(1), question).await
/// }
/// ```
#[track_caller]
pub fn local_timeout<C, Fut>(clock: C, duration: Duration, future: Fut) -> LocalTimeout<C, Fut>
where
    C: Clock,
    Fut: Future, // an event loop becomes one by `.run()`
{
    let driver = driver_here(Kind::Local, "local timeout", Location::caller());
    let sleep = clock.sleep(duration);
    LocalTimeout { limited: Limited::new(driver, clock, sleep, future), thread: OfThisThread::HERE }
}

pin_project! {
    /// The future of [`local_timeout`].
    ///
    /// # Cancel safety
    ///
    /// As [`local_timeout`] says: dropping it drops the work and hands the cleanups over.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::{future::Ready, time::Duration};
    /// use onpar_core::Clock;
    /// use onpar_scope::{LocalTimeout, local_timeout};
    ///
    /// fn at_once<C: Clock>(clock: C) -> LocalTimeout<C, Ready<u32>> {
    ///     local_timeout(clock, Duration::ZERO, std::future::ready(42))
    /// }
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct LocalTimeout<C: Clock, Fut: Future> {
        #[pin]
        limited: Limited<C, Fut>,
        thread: OfThisThread,
    }
}

impl<C: Clock, Fut: Future> LocalTimeout<C, Fut> {
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
        C: 'static,
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

impl<C: Clock, Fut: Future> Future for LocalTimeout<C, Fut> {
    type Output = Result<Fut::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().limited.poll(cx)
    }
}

impl<C: Clock, Fut: Future> Collecting for LocalTimeout<C, Fut> {
    fn take_errors(self: Pin<&mut Self>) -> Vec<CleanupError> {
        self.project().limited.work().take_errors()
    }
}

impl<C: Clock, Fut: Future> fmt::Debug for LocalTimeout<C, Fut> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalTimeout").field("running", &self.limited.work.is_running()).finish_non_exhaustive()
    }
}
