//! [`Accumulate`]: a stream, run into a rule by a closure that takes what has been accumulated beside each item.

use core::fmt;
use core::ops::ControlFlow;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::held::Held;
use crate::call::Call;

/// A rule that makes one value of many items by a closure.
///
/// # Examples
///
/// ```
/// use std::ops::ControlFlow;
/// use onpar_iter::consume::Accumulator;
///
/// /// What `fold` does.
/// struct Fold<A>(Option<A>);
///
/// impl<A, T> Accumulator<T> for Fold<A> {
///     type Args = (A, T);
///     type Given = A;
///     type Output = Option<A>;
///
///     fn take(&mut self, item: T) -> Option<(A, T)> {
///         Some((self.0.take()?, item))
///     }
///
///     fn give(&mut self, accumulated: A) -> ControlFlow<()> {
///         self.0 = Some(accumulated);
///         ControlFlow::Continue(())
///     }
///
///     fn finish(self) -> Option<A> {
///         self.0
///     }
/// }
/// ```
pub trait Accumulator<T> {
    /// What the closure is called with.
    type Args;
    /// What the closure gives, beside what it was lent, if it was lent any.
    type Given;
    /// The value.
    type Output;

    /// Takes an item, and says what to call the closure with; `None` if it is not needed yet.
    fn take(&mut self, item: T) -> Option<Self::Args>;

    /// Takes what the closure gave; breaks if the value is known.
    fn give(&mut self, output: Self::Given) -> ControlFlow<()>;

    /// The value of the items taken.
    fn finish(self) -> Self::Output;
}

pin_project! {
    /// The future of methods that pass what they have accumulated to their closure.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the stream, the call that is under way, and what has been accumulated.
    ///
    /// # Panics
    ///
    /// If it is polled after it has given its result. A panic of the closure passes on, and takes with it what was
    /// accumulated; so polling the future again after that panics too, or goes on from the next item.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Accumulate<S, C, R> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: S,
        rule: Option<R>,
    }
}

impl<S, C, R> Accumulate<S, C, R> {
    pub(crate) const fn new(stream: S, call: C, rule: R) -> Self {
        Self { call, stream, rule: Some(rule) }
    }
}

impl<S, C, R> Future for Accumulate<S, C, R>
where
    S: Stream,
    C: Call<R::Args, Output = R::Given>,
    R: Accumulator<S::Item>,
{
    type Output = R::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R::Output> {
        let mut this = self.project();
        let mut held = Held::new(this.rule);
        if let Some(rule) = &mut held.rule {
            let known = match ready!(this.call.as_mut().poll(cx)) {
                Some(output) => rule.give(output).is_break(),
                None => false,
            };
            if !known {
                let mut next = ready!(this.stream.as_mut().poll_next(cx));
                while let Some(item) = next {
                    if let Some(args) = rule.take(item)
                        && rule.give(ready!(this.call.as_mut().call(args, cx))).is_break()
                    {
                        break;
                    }
                    next = ready!(this.stream.as_mut().poll_next(cx));
                }
            }
        }
        match held.rule.take() {
            Some(rule) => Poll::Ready(rule.finish()),
            None => panic!("a stream's result was polled for after it had been given: poll it by `.await`"),
        }
    }
}

impl<S: fmt::Debug, C: fmt::Debug, R> fmt::Debug for Accumulate<S, C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accumulate").field("call", &self.call).field("stream", &self.stream).finish_non_exhaustive()
    }
}
