//! `Watched`: a future whose polls are timed.

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
    pub(super) struct Watched<F> {
        #[pin]
        future: F,
        rule: Rule,
        place: &'static Location<'static>,
    }
}

impl<F> Watched<F> {
    pub(super) const fn new(future: F, rule: Rule, place: &'static Location<'static>) -> Self {
        Self { future, rule, place }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    #[expect(clippy::disallowed_methods, reason = "what it measures is real")]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let start = std::time::Instant::now();
        let polled = this.future.poll(cx);
        let duration = start.elapsed();
        if duration >= this.rule.threshold {
            (this.rule.report)(&SlowPoll { name: this.rule.name.as_deref(), place: this.place, duration });
        }
        polled
    }
}
