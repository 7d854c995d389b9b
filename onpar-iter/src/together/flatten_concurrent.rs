//! [`FlattenConcurrent`]: the items of the streams that a stream gives, several at a time.

use core::fmt;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::members::Turn;
use super::slab::Slab;
use super::turns::Turns;
use crate::adapt::Map;

/// The stream of [`flat_map_concurrent`](crate::AsyncStreamExt::flat_map_concurrent).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, AsyncStreamExt, IntoAsyncIterator, limit};
///
/// let items = [2, 3].into_async_iter().flat_map_concurrent(limit!(2), async |n| (0..n).into_async_iter());
/// let mut items = pollster::block_on(items.collect::<Vec<_>>());
/// items.sort_unstable();
/// assert_eq!(items, [0, 0, 1, 1, 2]);
/// ```
pub type FlatMapConcurrent<S, C, U> = FlattenConcurrent<Map<S, C>, U>;

pin_project! {
    /// The stream of [`flatten_concurrent`](crate::AsyncStreamExt::flatten_concurrent): the items of the streams that a stream
    /// gives, as they come, of up to a limit of them at a time, in fair rotation.
    ///
    /// The outer stream takes turns like the others, and is asked for further ones only while there are fewer than the limit.
    /// Whoever has been woken is polled, and nobody else. An inner stream that has ended is dropped at once.
    ///
    /// What it allocates, and what happens while it is not polled, the [module](crate::together) says.
    ///
    /// # Cancel safety
    ///
    /// It keeps no item between two polls: not being polled loses nothing. Dropping it drops the streams where they stand.
    ///
    /// # Panics
    ///
    /// A panic of a stream passes on. It poisons nothing: polled again, the next stream has its turn.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, AsyncStreamExt, IntoAsyncIterator, limit};
    ///
    /// let texts = ["ab", "cd", "e"].into_async_iter().map(async |text| text.chars().into_async_iter());
    /// let letters = texts.flatten_concurrent(limit!(2));
    /// assert_eq!(pollster::block_on(letters.collect::<String>()), "acbde");
    /// ```
    #[must_use = "streams do nothing unless polled"]
    pub struct FlattenConcurrent<S, U> {
        // The inner ones first: they may borrow what the outer one lends.
        inner: Slab<U>,
        #[pin]
        outer: Option<S>,
        turns: Turns,
        limit: NonZero<usize>,
        // The outer one waits for room.
        waits: bool,
    }
}

/// The outer stream's number among the members; that of an inner one is its place, and one.
const OUTER: usize = 0;

impl<S, U> FlattenConcurrent<S, U> {
    pub(crate) fn new(stream: S, limit: NonZero<usize>) -> Self {
        let mut turns = Turns::new();
        turns.add(OUTER);
        Self { inner: Slab::new(), outer: Some(stream), turns, limit, waits: false }
    }
}

impl<S: Stream<Item = U>, U: Stream> Stream for FlattenConcurrent<S, U> {
    type Item = U::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<U::Item>> {
        let this = self.project();
        let (inner, mut outer, waits) = (this.inner, this.outer, this.waits);
        let polled = this.turns.poll(cx, |ready, member, cx| {
            let Some(place) = member.checked_sub(1) else {
                let Some(stream) = outer.as_mut().as_pin_mut() else { return Turn::Over };
                *waits = inner.len() >= this.limit.get();
                if *waits {
                    return Turn::Over;
                }
                return match stream.poll_next(cx) {
                    Poll::Ready(Some(stream)) => Turn::Brought(inner.insert(stream) + 1),
                    Poll::Ready(None) => {
                        outer.set(None);
                        Turn::Over
                    }
                    Poll::Pending => Turn::Pending,
                };
            };
            let turn = inner.turn(place, cx);
            if matches!(turn, Turn::Over) && core::mem::take(waits) {
                ready.add(OUTER);
            }
            turn
        });
        match polled {
            Poll::Ready((_, item)) => Poll::Ready(Some(item)),
            Poll::Pending if inner.len() == 0 && outer.as_mut().as_pin_mut().is_none() => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let more = self.outer.as_ref().is_some_and(|outer| outer.size_hint() != (0, Some(0)));
        let mut sum = (0_usize, (!more).then_some(0_usize));
        self.inner.hints(|(lower, upper)| {
            sum.0 = sum.0.saturating_add(lower);
            sum.1 = sum.1.zip(upper).and_then(|(sum, upper)| sum.checked_add(upper));
        });
        sum
    }
}

impl<S: fmt::Debug, U> fmt::Debug for FlattenConcurrent<S, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlattenConcurrent")
            .field("outer", &self.outer)
            .field("inner", &self.inner.len())
            .finish_non_exhaustive()
    }
}
