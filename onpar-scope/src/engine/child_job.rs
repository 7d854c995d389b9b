//! [`Runs`]: the future of a child, then its output.

use core::convert::Infallible;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use onpar_core::ExitReason;
use pin_project_lite::pin_project;

use super::node::{ChildJob, Job};

pin_project! {
    #[project = Step]
    #[project_replace = Taken]
    pub(crate) enum Runs<Fut: Future> {
        Running { #[pin] future: Fut },
        Ended { output: Fut::Output },
        Empty,
    }
}

impl<Fut: Future> Runs<Fut> {
    pub(crate) fn new(future: Fut) -> Self {
        Self::Running { future }
    }
}

impl<Fut: Future> Job for Runs<Fut> {
    type Error = Infallible;

    fn poll(mut self: Pin<&mut Self>, _: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        if let Step::Running { future } = self.as_mut().project() {
            let output = ready!(future.poll(cx));
            // Drops the future.
            self.set(Self::Ended { output });
        }
        Poll::Ready(Ok(()))
    }
}

impl<Fut: Future> ChildJob for Runs<Fut> {
    type Output = Fut::Output;

    fn take_output(self: Pin<&mut Self>) -> Option<Fut::Output> {
        match self.project_replace(Self::Empty) {
            Taken::Ended { output } => Some(output),
            Taken::Running { .. } | Taken::Empty => None,
        }
    }
}
