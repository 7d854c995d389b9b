//! [`race_streams`]: the items of the first of several streams that gives one.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::Streams;
use super::members::{Members, Turn};

/// The items of the first of several streams that gives one. The others are dropped at that moment, before the item is given.
///
/// The first is the first in time; of those that have an item in one poll, the one of the first position. A stream that ends
/// without an item has lost. Where all do, or there is none, nothing is given.
///
/// The [module](super) says who is polled, and what is allocated; when the race is won, the winner alone is polled.
///
/// # Cancel safety
///
/// It keeps no item between two polls: not being polled loses nothing. Dropping it drops the members where they stand.
///
/// # Panics
///
/// A panic of a member passes on. Polled again, the race goes on. A loser that panics as it is dropped takes the winner's first
/// item with it; the other losers are dropped nevertheless.
///
/// # Examples
///
/// ```
/// use onpar_iter::together::race_streams;
/// use onpar_iter::{AsyncIterator, IntoAsyncIterator};
///
/// # pollster::block_on(async {
/// let slow = "abc".chars().into_async_iter().map(async |letter| std::future::pending::<char>().await.max(letter));
/// let fast = "xyz".chars().into_async_iter();
/// assert_eq!(race_streams((slow, fast)).collect::<String>().await, "xyz");
/// # });
/// ```
pub fn race_streams<M: Streams>(streams: M) -> RaceStreamsOf<M> {
    RaceStreams { members: streams.into_members(), standing: Standing::Open }
}

/// How the race stands.
#[derive(Clone, Copy, Debug)]
enum Standing {
    Open,
    /// The losers are being dropped. One that panics then leaves it so.
    Cleared(usize),
    WonBy(usize),
    Over,
}

pin_project! {
    /// The stream of [`race_streams`], and of [`AsyncStreamExt::race`](crate::AsyncStreamExt::race).
    ///
    /// # Cancel safety
    ///
    /// As [`race_streams`] says: not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::together::{RaceStreamsOf, race_streams};
    /// use onpar_iter::{IntoAsyncIterator, Iter};
    ///
    /// type Items = Iter<std::ops::Range<u8>>;
    ///
    /// let race: RaceStreamsOf<(Items, Items)> = race_streams(((0..3).into_async_iter(), (7..9).into_async_iter()));
    /// ```
    #[must_use = "streams do nothing unless polled"]
    pub struct RaceStreams<M> {
        #[pin]
        members: M,
        standing: Standing,
    }
}

/// The [`RaceStreams`] of a tuple, an array or a `Vec` of streams, by its name.
///
/// # Examples
///
/// ```
/// use onpar_iter::Iter;
/// use onpar_iter::together::RaceStreamsOf;
///
/// type Race = RaceStreamsOf<Vec<Iter<std::ops::Range<u8>>>>;
/// ```
pub type RaceStreamsOf<M> = RaceStreams<<M as Streams>::Members>;

impl<M: Members> RaceStreams<M> {
    /// Polls who has won, and nobody else is left.
    #[inline]
    fn poll_winner(self: Pin<&mut Self>, winner: usize, cx: &mut Context<'_>) -> Poll<Option<M::Item>> {
        let this = self.project();
        match this.members.poll_member(winner, cx) {
            Turn::Gave(item) => Poll::Ready(Some(item)),
            Turn::Over => {
                *this.standing = Standing::Over;
                Poll::Ready(None)
            }
            Turn::Brought(_) | Turn::Pending => Poll::Pending,
        }
    }
}

impl<M: Members> Stream for RaceStreams<M> {
    type Item = M::Item;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<M::Item>> {
        let mut this = self.as_mut().project();
        match *this.standing {
            Standing::Open => {
                this.members.as_mut().restart();
                let first = ready!(this.members.as_mut().poll_in_turn(cx));
                let Some((winner, item)) = first else {
                    *this.standing = Standing::Over;
                    return Poll::Ready(None);
                };
                *this.standing = Standing::Cleared(winner);
                this.members.keep(winner);
                *this.standing = Standing::WonBy(winner);
                Poll::Ready(Some(item))
            }
            Standing::Cleared(winner) => {
                this.members.as_mut().keep(winner);
                *this.standing = Standing::WonBy(winner);
                self.poll_winner(winner, cx)
            }
            Standing::WonBy(winner) => self.poll_winner(winner, cx),
            Standing::Over => Poll::Ready(None),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if let Standing::Over = self.standing {
            return (0, Some(0));
        }
        let open = matches!(self.standing, Standing::Open);
        let (mut fewest, mut most, mut somebody) = (usize::MAX, Some(0), !open);
        self.members.hints(|(lower, upper)| {
            if upper == Some(0) && open {
                return; // it cannot win
            }
            // Whoever has an item for sure keeps the race from being won by nobody, and whoever wins has one.
            somebody |= lower > 0;
            fewest = fewest.min(if open { lower.max(1) } else { lower });
            most = most.zip(upper).map(|(most, upper)| most.max(upper));
        });
        (if somebody && fewest < usize::MAX { fewest } else { 0 }, most)
    }
}

impl<M> fmt::Debug for RaceStreams<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RaceStreams").field("standing", &self.standing).finish_non_exhaustive()
    }
}
