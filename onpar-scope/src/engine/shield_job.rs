//! [`ShieldJob`]: a future that is carried on when whoever waited for it is gone, for a while.

use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

use onpar_core::{Clock, ExitReason};
use pin_project_lite::pin_project;

use super::node::{ChildJob, Job};
use crate::Elapsed;

pin_project! {
    pub(crate) struct ShieldJob<C: Clock, Fut: Future> {
        #[pin]
        future: Fut,
        output: Option<Fut::Output>,
        clock: C,
        budget: Duration,
        // Made when it is carried on.
        #[pin]
        sleep: Option<C::Sleep>,
    }
}

impl<C: Clock, Fut: Future> ShieldJob<C, Fut> {
    pub(crate) fn new(clock: C, budget: Duration, future: Fut) -> Self {
        Self { future, output: None, clock, budget, sleep: None }
    }
}

impl<C: Clock, Fut: Future> Job for ShieldJob<C, Fut> {
    type Error = Elapsed;

    /// `Closed` is the reason as long as somebody waits for it.
    fn poll(self: Pin<&mut Self>, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), Elapsed>> {
        let mut this = self.project();
        if let Poll::Ready(output) = this.future.poll(cx) {
            *this.output = Some(output);
            return Poll::Ready(Ok(()));
        }
        if reason == ExitReason::Closed {
            return Poll::Pending;
        }
        if this.sleep.is_none() {
            this.sleep.set(Some(this.clock.sleep(*this.budget)));
        }
        this.sleep.as_pin_mut().map_or(Poll::Pending, |sleep| sleep.poll(cx)).map(|()| Err(Elapsed))
    }
}

impl<C: Clock, Fut: Future> ChildJob for ShieldJob<C, Fut> {
    type Output = Fut::Output;

    fn take_output(self: Pin<&mut Self>) -> Option<Fut::Output> {
        self.project().output.take()
    }
}
