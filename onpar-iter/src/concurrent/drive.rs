//! [`Drive`]: the future that owns a pipeline and drives it to its end.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::{Stage, Ticket as _};
use crate::consume::Consumer;

pin_project! {
    /// The future of the methods that end a pipeline.
    ///
    /// As soon as the result is known, everything that is still under way is dropped, within that poll: guards in it find the
    /// scope around the pipeline, which awaits their cleanups.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops everything that is under way. Items that were taken from the source and not worked on to their end
    /// go to [`on_unfinished`](super::Concurrent::on_unfinished).
    ///
    /// # Panics
    ///
    /// If it is polled after it has given its result. A panic of a closure passes on, after everything else that is under way
    /// has been dropped.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Drive<P, R> {
        #[pin]
        pipeline: Option<P>,
        rule: Option<R>,
    }
}

impl<P, R> Drive<P, R> {
    pub(super) const fn new(pipeline: P, rule: R) -> Self {
        Self { pipeline: Some(pipeline), rule: Some(rule) }
    }
}

impl<P: Stage, R: Consumer<P::Item>> Future for Drive<P, R> {
    type Output = R::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R::Output> {
        let this = self.project();
        let mut end = End(this.pipeline);
        if let Some(rule) = this.rule {
            while let Some(mut pipeline) = end.0.as_mut().as_pin_mut() {
                match pipeline.as_mut().poll_stage(cx, true) {
                    Poll::Ready(Some((ticket, item))) => {
                        let known = rule.take(item).is_break();
                        ticket.finish();
                        if known {
                            break;
                        }
                    }
                    Poll::Ready(None) => break,
                    Poll::Pending => {
                        core::mem::forget(end);
                        return Poll::Pending;
                    }
                }
            }
        }
        drop(end);
        match this.rule.take() {
            Some(rule) => Poll::Ready(rule.finish()),
            None => panic!("a pipeline's result was polled for after it had been given: poll it by `.await`"),
        }
    }
}

/// Drops the pipeline, also when a poll of it panics.
struct End<'a, P>(Pin<&'a mut Option<P>>);

impl<P> Drop for End<'_, P> {
    fn drop(&mut self) {
        self.0.set(None);
    }
}

impl<P: fmt::Debug, R> fmt::Debug for Drive<P, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drive").field("pipeline", &self.pipeline).finish_non_exhaustive()
    }
}
