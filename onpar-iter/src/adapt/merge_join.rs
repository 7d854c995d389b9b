//! [`MergeJoin`]: two streams in one, by what a closure says of the next item of each.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::interleave::poll_or_drop;
use crate::call::Call;

/// A rule that says what is given of two streams' next items.
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::Join;
///
/// /// What `merge_by` does.
/// struct MergeBy;
///
/// impl<T> Join<T, T> for MergeBy {
///     type Given = bool;
///     type Output = T;
///
///     fn pair(&mut self, left: T, right: T, left_first: bool) -> (T, Option<T>, Option<T>) {
///         if left_first { (left, None, Some(right)) } else { (right, Some(left), None) }
///     }
///
///     fn left(&mut self, left: T) -> T { left }
///     fn right(&mut self, right: T) -> T { right }
///     fn joins(&self) -> bool { false }
/// }
/// ```
pub trait Join<T, U> {
    /// What the closure gives, of both.
    type Given;
    /// What the stream gives.
    type Output;

    /// Takes both and what the closure gave; says what is given, and what stays.
    fn pair(&mut self, left: T, right: U, given: Self::Given) -> (Self::Output, Option<T>, Option<U>);

    /// The left one alone, when the other stream has ended.
    fn left(&mut self, left: T) -> Self::Output;

    /// The right one alone, when the other stream has ended.
    fn right(&mut self, right: U) -> Self::Output;

    /// Whether two items may become one.
    fn joins(&self) -> bool;
}

pin_project! {
    /// The stream of [`merge_by`](crate::AsyncItertools::merge_by) and [`merge_join_by`](crate::AsyncItertools::merge_join_by).
    ///
    /// It needs the next item of both streams to give one, and asks the left one first. A stream is dropped when it has
    /// ended.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, and the next item of each stream. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Both items are lost; polled again, the stream goes on with the next ones.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::adapt::{MergeBy, MergeJoin};
    /// use onpar_iter::call::Call;
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, Stream};
    ///
    /// fn merged<S: Stream<Item = u8>>(
    ///     left: S,
    ///     right: S,
    /// ) -> MergeJoin<S, S, u8, u8, impl Call<(u8, u8), Output = ((u8, u8), bool)>, MergeBy> {
    ///     left.merge_by(right, async |a, b| a <= b)
    /// }
    ///
    /// let all = merged([1, 3].into_async_iter(), [2, 4].into_async_iter());
    /// assert_eq!(pollster::block_on(all.collect::<Vec<_>>()), [1, 2, 3, 4]);
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct MergeJoin<A, B, T, U, C, R> {
        // The call first: its future may borrow what the streams lend.
        #[pin]
        call: C,
        #[pin]
        left: Option<A>,
        #[pin]
        right: Option<B>,
        next_left: Option<T>,
        next_right: Option<U>,
        rule: R,
    }
}

impl<A, B, T, U, C, R> MergeJoin<A, B, T, U, C, R> {
    pub(crate) const fn new(left: A, right: B, call: C, rule: R) -> Self {
        Self { call, left: Some(left), right: Some(right), next_left: None, next_right: None, rule }
    }
}

impl<T, U, A, B, C, R> Stream for MergeJoin<A, B, T, U, C, R>
where
    A: Stream<Item = T>,
    B: Stream<Item = U>,
    C: Call<(T, U), Output = ((T, U), R::Given)>,
    R: Join<T, U>,
{
    type Item = R::Output;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<R::Output>> {
        let mut this = self.project();
        let ((left, right), given) = if let Some(answer) = ready!(this.call.as_mut().poll(cx)) {
            answer
        } else {
            if this.next_left.is_none() {
                *this.next_left = ready!(poll_or_drop(this.left, cx));
            }
            if this.next_right.is_none() {
                *this.next_right = ready!(poll_or_drop(this.right, cx));
            }
            match (this.next_left.take(), this.next_right.take()) {
                (Some(left), Some(right)) => ready!(this.call.call((left, right), cx)),
                (Some(left), None) => return Poll::Ready(Some(this.rule.left(left))),
                (None, Some(right)) => return Poll::Ready(Some(this.rule.right(right))),
                (None, None) => return Poll::Ready(None),
            }
        };
        let output;
        (output, *this.next_left, *this.next_right) = this.rule.pair(left, right, given);
        Poll::Ready(Some(output))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let running = self.call.is_running();
        let all = |held: bool, stream: Option<(usize, Option<usize>)>| {
            let held = usize::from(held || running);
            let (lower, upper) = stream.unwrap_or((0, Some(0)));
            (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)))
        };
        let left = all(self.next_left.is_some(), self.left.as_ref().map(Stream::size_hint));
        let right = all(self.next_right.is_some(), self.right.as_ref().map(Stream::size_hint));
        let upper = left.1.zip(right.1).and_then(|(left, right)| left.checked_add(right));
        let lower = if self.rule.joins() { left.0.max(right.0) } else { left.0.saturating_add(right.0) };
        (lower, upper)
    }
}
