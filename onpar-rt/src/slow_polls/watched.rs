//! [`Watched`]: a future whose polls are timed.
//!
//! One may be within another, as a child of a scope is within its task. What has been reported of the inner one is not reported of
//! the outer one again: a count of each thread says how much of the time that goes by has been.

use core::cell::Cell;
use core::fmt;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::sync::Arc;

use pin_project_lite::pin_project;

use super::SlowPoll;

/// What is done with a slow poll, and from when on a poll is one.
#[derive(Clone)]
pub(super) struct Rule {
    pub(super) threshold: Duration,
    pub(super) name: Option<Arc<str>>,
    pub(super) report: Arc<dyn Fn(&SlowPoll<'_>) + Send + Sync>,
}

pin_project! {
    /// A future whose slow polls are reported. Made by [`SlowPolls::watch`](super::SlowPolls::watch).
    ///
    /// # Cancel safety
    ///
    /// That of the future within.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Watched<F> {
        #[pin]
        future: F,
        rule: Rule,
        place: &'static Location<'static>,
        is_task: bool,
    }
}

impl<F> Watched<F> {
    pub(super) const fn new(future: F, rule: Rule, place: &'static Location<'static>) -> Self {
        Self { future, rule, place, is_task: false }
    }

    /// One that is spawned.
    pub(super) const fn task(future: F, rule: Rule, place: &'static Location<'static>) -> Self {
        Self { future, rule, place, is_task: true }
    }
}

thread_local! {
    /// Of the poll that this thread is within, the time that has been reported.
    static REPORTED: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// A poll within the one that this thread is within. At its end, also by a panic, what it has reported counts for that.
struct Within {
    before: Duration,
}

impl Within {
    fn enter() -> Self {
        Self { before: REPORTED.replace(Duration::ZERO) }
    }
}

impl Drop for Within {
    fn drop(&mut self) {
        REPORTED.set(self.before + REPORTED.get());
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    #[expect(clippy::disallowed_methods, reason = "what it measures is real")]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _within = Within::enter();
        let start = std::time::Instant::now();
        let polled = this.future.poll(cx);
        let reported = REPORTED.get();
        let duration = start.elapsed().saturating_sub(reported);
        if duration >= this.rule.threshold {
            REPORTED.set(reported + duration);
            let (name, place, is_task) = (this.rule.name.as_deref(), *this.place, *this.is_task);
            (this.rule.report)(&SlowPoll { name, place, duration, is_task });
        }
        polled
    }
}

impl<F> fmt::Debug for Watched<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watched").field("name", &self.rule.name).field("place", &self.place).finish_non_exhaustive()
    }
}
