//! [`Run`]: a stream, run into a rule that takes its items one by one.

use core::fmt;
use core::ops::ControlFlow;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::held::Held;

/// A rule that makes one value of many items.
///
/// # Examples
///
/// ```
/// use std::ops::ControlFlow;
/// use onpar_iter::consume::Consumer;
///
/// /// The length of all texts together, but for those after an empty one.
/// struct Length(usize);
///
/// impl Consumer<&str> for Length {
///     type Output = usize;
///
///     fn take(&mut self, text: &str) -> ControlFlow<()> {
///         self.0 += text.len();
///         if text.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
///     }
///
///     fn finish(self) -> usize {
///         self.0
///     }
/// }
/// ```
pub trait Consumer<T> {
    /// The value.
    type Output;

    /// Takes an item; breaks if the value is known.
    fn take(&mut self, item: T) -> ControlFlow<()>;

    /// The value of the items taken.
    fn finish(self) -> Self::Output;
}

pin_project! {
    /// The future of most methods that end a stream.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the stream, and what the rule has made of its items.
    ///
    /// # Panics
    ///
    /// If it is polled after it has given its result. A panic of the stream or of a closure passes on; polled again, it goes
    /// on with the next item.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Run<S, R> {
        #[pin]
        stream: S,
        rule: Option<R>,
    }
}

impl<S, R> Run<S, R> {
    pub(crate) const fn new(stream: S, rule: R) -> Self {
        Self { stream, rule: Some(rule) }
    }
}

impl<S: Stream, R: Consumer<S::Item>> Future for Run<S, R> {
    type Output = R::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R::Output> {
        let mut this = self.project();
        let mut held = Held::new(this.rule);
        if let Some(rule) = &mut held.rule {
            // The first item apart: from then on the compiler knows that no call is under way.
            let mut next = ready!(this.stream.as_mut().poll_next(cx));
            while let Some(item) = next {
                if rule.take(item).is_break() {
                    break;
                }
                next = ready!(this.stream.as_mut().poll_next(cx));
            }
        }
        match held.rule.take() {
            Some(rule) => Poll::Ready(rule.finish()),
            None => panic!("a stream's result was polled for after it had been given: poll it by `.await`"),
        }
    }
}

impl<S: fmt::Debug, R> fmt::Debug for Run<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("stream", &self.stream).finish_non_exhaustive()
    }
}
