//! [`CleanupJob`]: a value and how it is cleaned up, then the future of that.

use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::{BoxError, ExitReason};
use pin_project_lite::pin_project;

use super::node::Job;

pin_project! {
    /// The future is made at the first poll, when the reason is known.
    #[project = Step]
    pub(crate) enum CleanupJob<V, M, Fut> {
        Waiting { start: Option<(V, M)> },
        Running { #[pin] future: Fut },
    }
}

impl<V, M, Fut, E> CleanupJob<V, M, Fut>
where
    M: FnOnce(V, ExitReason) -> Fut,
    Fut: Future<Output = Result<(), E>>,
{
    pub(crate) fn new(value: V, start: M) -> Self {
        Self::Waiting { start: Some((value, start)) }
    }
}

impl<V, M, Fut, E> Job for CleanupJob<V, M, Fut>
where
    M: FnOnce(V, ExitReason) -> Fut,
    Fut: Future<Output = Result<(), E>>,
    E: Into<BoxError>,
{
    type Error = E;

    fn poll(mut self: Pin<&mut Self>, reason: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), E>> {
        loop {
            match self.as_mut().project() {
                Step::Running { future } => return future.poll(cx),
                Step::Waiting { start } => {
                    // Taken before the call: should it panic, the job is not polled again.
                    let Some((value, start)) = start.take() else { return Poll::Pending };
                    let future = start(value, reason);
                    self.set(Self::Running { future });
                }
            }
        }
    }
}
