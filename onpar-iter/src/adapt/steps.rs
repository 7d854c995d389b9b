//! [`Steps`]: a stream that decides at once, by a rule, what to do with each item of another.
//!
//! A rule is a [`Step`]. It decides item by item, so it holds what it must remember and nothing of the stream; the rules
//! are so small that a file reads like the documentation of its method.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

/// A rule that says of each item what becomes of it.
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::{Step, Verdict};
///
/// /// Every second item.
/// struct EverySecond(bool);
///
/// impl<T> Step<T> for EverySecond {
///     type Output = T;
///
///     fn step(&mut self, item: T) -> Verdict<T> {
///         self.0 = !self.0;
///         if self.0 { Verdict::Skip } else { Verdict::Give(item) }
///     }
///
///     fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
///         (lower / 2, upper.map(|upper| upper.div_ceil(2)))
///     }
/// }
/// ```
pub trait Step<T> {
    /// What the stream gives.
    type Output;

    /// Decides on an item.
    fn step(&mut self, item: T) -> Verdict<Self::Output>;

    /// Whether no item can come any more, so that none is asked for.
    #[inline]
    fn is_over(&self) -> bool {
        false
    }

    /// How many items come, given how many there are.
    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>);
}

/// What becomes of an item.
///
/// # Examples
///
/// See [`Step`]: what a [`Verdict`] is for.
///
/// ```
/// use onpar_iter::adapt::Verdict;
///
/// assert_ne!(Verdict::Give(1), Verdict::End);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "an item is given, or is not, or is the last")]
pub enum Verdict<T> {
    /// It is given, as this.
    Give(T),
    /// It is not, and the next one is asked for.
    Skip,
    /// It is not, and the stream ends.
    End,
}

impl<T> Verdict<T> {
    /// Gives what there is, and skips what is not there.
    #[inline]
    pub(super) fn give(item: Option<T>) -> Self {
        item.map_or(Self::Skip, Self::Give)
    }
}

pin_project! {
    /// A stream of what a [`Step`] gives of another stream's items.
    ///
    /// # Cancel safety
    ///
    /// As the stream that it stands on: it keeps no item between two polls.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::adapt::{Enumerate, Steps, Take};
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, Iter};
    ///
    /// fn first<I: IntoIterator>(items: I) -> Steps<Steps<Iter<I::IntoIter>, Take>, Enumerate> {
    ///     items.into_async_iter().take(2).enumerate()
    /// }
    ///
    /// assert_eq!(pollster::block_on(first("abc".chars()).collect::<Vec<_>>()), [(0, 'a'), (1, 'b')]);
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Steps<S, R> {
        #[pin]
        stream: S,
        rule: R,
    }
}

impl<S, R> Steps<S, R> {
    pub(crate) const fn new(stream: S, rule: R) -> Self {
        Self { stream, rule }
    }
}

impl<S: Stream, R: Step<S::Item>> Stream for Steps<S, R> {
    type Item = R::Output;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<R::Output>> {
        let mut this = self.project();
        if this.rule.is_over() {
            return Poll::Ready(None);
        }
        loop {
            let Some(item) = ready!(this.stream.as_mut().poll_next(cx)) else { return Poll::Ready(None) };
            match this.rule.step(item) {
                Verdict::Give(output) => return Poll::Ready(Some(output)),
                Verdict::Skip => {}
                Verdict::End => return Poll::Ready(None),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.rule.is_over() { (0, Some(0)) } else { self.rule.size_hint(self.stream.size_hint()) }
    }
}
