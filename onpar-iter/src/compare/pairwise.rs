//! [`Pairwise`]: two streams, compared item by item.

use core::cmp::Ordering;
use core::fmt;
use core::ops::ControlFlow;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

/// A rule that compares two sequences.
///
/// # Examples
///
/// ```
/// use std::cmp::Ordering;
/// use std::ops::ControlFlow;
/// use onpar_iter::compare::Comparison;
///
/// /// Whether texts are equal but for case.
/// struct EqIgnoringCase;
///
/// impl Comparison<char, char> for EqIgnoringCase {
///     type Output = bool;
///
///     fn pair(&mut self, left: char, right: char) -> ControlFlow<bool> {
///         if left.eq_ignore_ascii_case(&right) { ControlFlow::Continue(()) } else { ControlFlow::Break(false) }
///     }
///
///     fn end(&mut self, lengths: Ordering) -> bool {
///         lengths.is_eq()
///     }
/// }
/// ```
pub trait Comparison<A, B> {
    /// The answer.
    type Output;

    /// Compares a pair; breaks if the answer is known.
    fn pair(&mut self, left: A, right: B) -> ControlFlow<Self::Output>;

    /// The answer when one sequence has ended or both, by how their lengths compare.
    fn end(&mut self, lengths: Ordering) -> Self::Output;
}

pin_project! {
    /// The future of [`cmp`](crate::AsyncIterator::cmp), [`eq`](crate::AsyncIterator::eq) and their kin.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops both streams.
    ///
    /// # Panics
    ///
    /// If it is polled after it has given its result. A panic of a stream or of a comparison passes on; polled again, it goes
    /// on with the next items.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Pairwise<A, B, T, R> {
        #[pin]
        left: A,
        #[pin]
        right: B,
        // It is gone when it has given its answer.
        rule: Option<R>,
        // What the left one has given, the end too, while the right one takes its time.
        half: Option<Option<T>>,
    }
}

impl<A, B, T, R> Pairwise<A, B, T, R> {
    pub(crate) const fn new(left: A, right: B, rule: R) -> Self {
        Self { left, right, rule: Some(rule), half: None }
    }
}

impl<T, A: Stream<Item = T>, B: Stream, R: Comparison<T, B::Item>> Future for Pairwise<A, B, T, R> {
    type Output = R::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R::Output> {
        let mut this = self.project();
        let Some(rule) = this.rule else {
            panic!("a stream's result was polled for after it had been given: poll it by `.await`");
        };
        let answer = loop {
            if this.half.is_none() {
                *this.half = Some(ready!(this.left.as_mut().poll_next(cx)));
            }
            let right = ready!(this.right.as_mut().poll_next(cx));
            let left = this.half.take().flatten();
            let lengths = left.is_some().cmp(&right.is_some());
            let Some((left, right)) = left.zip(right) else { break rule.end(lengths) };
            if let ControlFlow::Break(answer) = rule.pair(left, right) {
                break answer;
            }
        };
        *this.rule = None;
        Poll::Ready(answer)
    }
}

impl<A: fmt::Debug, B: fmt::Debug, T, R> fmt::Debug for Pairwise<A, B, T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairwise").field("left", &self.left).field("right", &self.right).finish_non_exhaustive()
    }
}
