//! [`Holding`]: a stream that holds items back, and gives what it holds when the other stream has ended.
//!
//! A rule is a [`Hold`]: a [`Step`](super::Step) with an end. The stream below is asked for no item after it has ended.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::Verdict;

/// A rule that says of each item what becomes of it, and at the end what is left.
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::{Hold, Verdict};
///
/// /// Pairs of items; of an odd number, the last one with nothing.
/// struct Pairs<T>(Option<T>);
///
/// impl<T> Hold<T> for Pairs<T> {
///     type Output = (T, Option<T>);
///
///     fn step(&mut self, item: T) -> Verdict<Self::Output> {
///         match self.0.take() {
///             Some(first) => Verdict::Give((first, Some(item))),
///             None => { self.0 = Some(item); Verdict::Skip }
///         }
///     }
///
///     fn finish(&mut self) -> Option<Self::Output> {
///         self.0.take().map(|last| (last, None))
///     }
///
///     fn size_hint(&self, (lower, upper): (usize, Option<usize>)) -> (usize, Option<usize>) {
///         let held = usize::from(self.0.is_some());
///         (lower.saturating_add(held).div_ceil(2), upper.and_then(|upper| Some(upper.checked_add(held)?.div_ceil(2))))
///     }
/// }
/// ```
pub trait Hold<T> {
    /// What the stream gives.
    type Output;

    /// Decides on an item.
    fn step(&mut self, item: T) -> Verdict<Self::Output>;

    /// What is left when there are no items any more, one thing at a time. It is asked until there is nothing.
    fn finish(&mut self) -> Option<Self::Output>;

    /// How many items come, given how many there are.
    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>);
}

pin_project! {
    /// A stream of what a [`Hold`] gives of another stream's items.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops what it holds. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::adapt::{Dedup, Holding};
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, Iter};
    ///
    /// fn runs(text: &str) -> Holding<Iter<std::str::Chars<'_>>, Dedup<char>> {
    ///     text.chars().into_async_iter().dedup()
    /// }
    ///
    /// assert_eq!(pollster::block_on(runs("aab").collect::<String>()), "ab");
    /// ```
    #[derive(Clone, Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Holding<S, R> {
        #[pin]
        stream: S,
        rule: R,
        ended: bool,
    }
}

impl<S, R> Holding<S, R> {
    pub(crate) const fn new(stream: S, rule: R) -> Self {
        Self { stream, rule, ended: false }
    }
}

impl<S: Stream, R: Hold<S::Item>> Stream for Holding<S, R> {
    type Item = R::Output;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<R::Output>> {
        let mut this = self.project();
        while !*this.ended {
            let Some(item) = ready!(this.stream.as_mut().poll_next(cx)) else {
                *this.ended = true;
                break;
            };
            match this.rule.step(item) {
                Verdict::Give(output) => return Poll::Ready(Some(output)),
                Verdict::Skip => {}
                Verdict::End => *this.ended = true,
            }
        }
        Poll::Ready(this.rule.finish())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rule.size_hint(if self.ended { (0, Some(0)) } else { self.stream.size_hint() })
    }
}
