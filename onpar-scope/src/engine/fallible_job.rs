//! [`RunsOrFails`]: the future of a child that may fail, then its output; [`Body`]: the body of a scope that may fail.
//!
//! Both leave their error with the scope, and tell their frame so.

use core::convert::Infallible;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use onpar_core::ExitReason;
use pin_project_lite::pin_project;

use super::errors::Failing;
use super::frame::with_nearest;
use super::node::{ChildJob, Job, Kind};

pin_project! {
    #[project = Step]
    pub(crate) enum RunsOrFails<'scope, Fut, T, E> {
        Running { #[pin] future: Fut, scope: Failing<'scope, E> },
        Ended { output: Option<T> },
    }
}

impl<'scope, Fut, T, E> RunsOrFails<'scope, Fut, T, E> {
    pub(crate) fn new(future: Fut, scope: Failing<'scope, E>) -> Self {
        Self::Running { future, scope }
    }
}

impl<Fut, T, E> Job for RunsOrFails<'_, Fut, T, E>
where
    Fut: Future<Output = Result<T, E>>,
{
    type Error = Infallible;

    fn poll(mut self: Pin<&mut Self>, _: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        if let Step::Running { future, scope } = self.as_mut().project() {
            let output = settle(*scope, ready!(future.poll(cx)));
            // Drops the future.
            self.set(Self::Ended { output });
        }
        Poll::Ready(Ok(()))
    }
}

impl<Fut, T, E> ChildJob for RunsOrFails<'_, Fut, T, E>
where
    Fut: Future<Output = Result<T, E>>,
{
    type Output = T;

    fn take_output(self: Pin<&mut Self>) -> Option<T> {
        match self.project() {
            Step::Ended { output } => output.take(),
            Step::Running { .. } => None,
        }
    }
}

pin_project! {
    /// Gives the body's `Ok`, unless the scope has failed by then.
    pub(crate) struct Body<'scope, Fut: Future, E> {
        #[pin]
        future: Fut,
        scope: Failing<'scope, E>,
        // A function, so that this is a future whatever the output is: the struct that holds it need not know.
        settle: fn(Failing<'scope, E>, Fut::Output) -> Option<Fut::Output>,
    }
}

impl<'scope, Fut, T, E> Body<'scope, Fut, E>
where
    Fut: Future<Output = Result<T, E>>,
{
    pub(crate) fn new(future: Fut, scope: Failing<'scope, E>) -> Self {
        Self { future, scope, settle: |scope, result| settle(scope, result).map(Ok) }
    }
}

impl<Fut: Future, E> Future for Body<'_, Fut, E> {
    type Output = Option<Fut::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Fut::Output>> {
        let this = self.project();
        let value = (this.settle)(*this.scope, ready!(this.future.poll(cx)));
        // Dropped here, where what it guards is the scope's to clean up.
        Poll::Ready(value.filter(|_| this.scope.errors().is_empty()))
    }
}

/// Gives the output of a part, or leaves its error.
fn settle<T, E>(scope: Failing<'_, E>, result: Result<T, E>) -> Option<T> {
    let leave = |error| {
        let verdict = scope.fail(error);
        with_nearest(Kind::Send, |frame| {
            if let Some(frame) = frame {
                frame.judge(verdict);
            }
        });
    };
    result.map_err(leave).ok()
}
