//! [`Drive`]: the future that owns a pipeline and drives it to its end.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::Stage;
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
    /// If it is polled after it has given its result, or after a panic. A panic of a closure passes on, after everything else
    /// that is under way has been dropped.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Drive<P, R> {
        #[pin]
        pipeline: Option<P>,
        rule: Option<R>,
        // What becomes of the answers that nobody has taken when the result is known.
        rest: Rest,
    }
}

/// What becomes of the answers of the last stage that the rule has not taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// Their items have not been worked on to their end, since the answers are lost.
    Unfinished,
    /// They have: it was the calls that mattered.
    Finished,
}

impl<P, R> Drive<P, R> {
    pub(super) const fn new(pipeline: P, rule: R, rest: Rest) -> Self {
        Self { pipeline: Some(pipeline), rule: Some(rule), rest }
    }
}

impl<P: Stage, R: Consumer<P::Item>> Future for Drive<P, R> {
    type Output = R::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R::Output> {
        let this = self.project();
        // A panic takes it along, so that nobody gets half a result.
        let Some(mut rule) = this.rule.take() else {
            panic!("a pipeline's result was polled for after it had been given, or after a panic: poll it by `.await`")
        };
        let mut end = End { pipeline: this.pipeline, rest: *this.rest };
        if let Some(mut pipeline) = end.pipeline.as_mut().as_pin_mut() {
            pipeline.as_mut().drive(cx);
            loop {
                match pipeline.as_mut().pull(cx, true) {
                    Poll::Ready(Some((ticket, item))) => {
                        let known = rule.take(item).is_break();
                        pipeline.as_mut().finish(ticket);
                        if known {
                            break;
                        }
                    }
                    Poll::Ready(None) => break,
                    Poll::Pending => {
                        core::mem::forget(end);
                        *this.rule = Some(rule);
                        return Poll::Pending;
                    }
                }
            }
        }
        drop(end);
        Poll::Ready(rule.finish())
    }
}

/// Drops the pipeline, also when a poll of it panics.
struct End<'a, P: Stage> {
    pipeline: Pin<&'a mut Option<P>>,
    rest: Rest,
}

impl<P: Stage> Drop for End<'_, P> {
    fn drop(&mut self) {
        if self.rest == Rest::Finished
            && let Some(pipeline) = self.pipeline.as_mut().as_pin_mut()
        {
            pipeline.finish_rest();
        }
        self.pipeline.set(None);
    }
}

impl<P: fmt::Debug, R> fmt::Debug for Drive<P, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drive").field("pipeline", &self.pipeline).finish_non_exhaustive()
    }
}
