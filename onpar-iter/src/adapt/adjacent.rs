//! [`Adjacent`]: a stream of what a closure makes of each item and the one that is held from before.
//!
//! A rule is an [`Adjoin`]. It is to [`Holding`](super::Holding) what [`Accumulate`](crate::consume::Accumulate) is to
//! [`Run`](crate::consume::Run): the closure takes what the rule has kept beside each item, and while it does, has both.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::call::Call;

/// A rule that makes items of neighbours, by a closure.
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::Adjoin;
///
/// /// What `coalesce` does.
/// struct Coalesce<T>(Option<T>);
///
/// impl<T> Adjoin<T> for Coalesce<T> {
///     type Args = (T, T);
///     type Given = Result<T, (T, T)>;
///     type Output = T;
///
///     fn take(&mut self, item: T) -> Option<(T, T)> {
///         match self.0.take() {
///             Some(held) => Some((held, item)),
///             None => { self.0 = Some(item); None }
///         }
///     }
///
///     fn give(&mut self, given: Self::Given) -> Option<T> {
///         match given {
///             Ok(one) => { self.0 = Some(one); None }
///             Err((first, second)) => self.0.replace(second).or(Some(first)),
///         }
///     }
///
///     fn finish(&mut self) -> Option<T> {
///         self.0.take()
///     }
///
///     fn is_empty(&self) -> bool {
///         self.0.is_none()
///     }
/// }
/// ```
pub trait Adjoin<T> {
    /// What the closure is called with.
    type Args;
    /// What the closure gives, beside what it was lent, if it was lent any.
    type Given;
    /// What the stream gives.
    type Output;

    /// Takes an item, and says what to call the closure with; `None` if it is not needed yet.
    fn take(&mut self, item: T) -> Option<Self::Args>;

    /// Takes what the closure gave, and says what the stream gives.
    fn give(&mut self, given: Self::Given) -> Option<Self::Output>;

    /// What is left when there are no items any more.
    fn finish(&mut self) -> Option<Self::Output>;

    /// Whether nothing is left.
    fn is_empty(&self) -> bool;
}

pin_project! {
    /// A stream of what an [`Adjoin`] gives of another stream's items.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, with both items, and what it holds. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Both items are lost; polled again, the stream goes on with the next one.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::adapt::{Adjacent, DedupBy};
    /// use onpar_iter::call::Call;
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, Iter};
    ///
    /// type Chars<'a> = Iter<std::str::Chars<'a>>;
    ///
    /// fn runs(text: &str) -> Adjacent<Chars<'_>, impl Call<(char, char), Output = ((char, char), bool)>, DedupBy<char>> {
    ///     text.chars().into_async_iter().dedup_by(async |a, b| a.eq_ignore_ascii_case(b))
    /// }
    ///
    /// assert_eq!(pollster::block_on(runs("aAb").collect::<String>()), "ab");
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Adjacent<S, C, R> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: S,
        rule: R,
        ended: bool,
    }
}

impl<S, C, R> Adjacent<S, C, R> {
    pub(crate) const fn new(stream: S, call: C, rule: R) -> Self {
        Self { call, stream, rule, ended: false }
    }
}

impl<S, C, R> Stream for Adjacent<S, C, R>
where
    S: Stream,
    C: Call<R::Args, Output = R::Given>,
    R: Adjoin<S::Item>,
{
    type Item = R::Output;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<R::Output>> {
        let mut this = self.project();
        if !*this.ended {
            // What the call that was under way has given, and then each one.
            let mut given = ready!(this.call.as_mut().poll(cx));
            loop {
                if let Some(given) = given.take()
                    && let Some(output) = this.rule.give(given)
                {
                    return Poll::Ready(Some(output));
                }
                let Some(item) = ready!(this.stream.as_mut().poll_next(cx)) else { break };
                if let Some(args) = this.rule.take(item) {
                    given = Some(ready!(this.call.as_mut().call(args, cx)));
                }
            }
            *this.ended = true;
        }
        Poll::Ready(this.rule.finish())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // All there is may become one, and may stay as it is.
        let (lower, upper) = if self.ended { (0, Some(0)) } else { self.stream.size_hint() };
        let running = self.call.is_running();
        let held = usize::from(running) + usize::from(running || !self.rule.is_empty());
        (usize::from(lower > 0 || held > 0), upper.and_then(|upper| upper.checked_add(held)))
    }
}
