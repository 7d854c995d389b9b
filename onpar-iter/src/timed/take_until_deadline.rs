//! [`TakeUntilDeadline`]: the items until a deadline.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::{FusedStream as _, Stream};
use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

use super::Alarm;
use crate::adapt::Fuse;

pin_project! {
    /// The stream of [`take_until_deadline`](crate::AsyncTimed::take_until_deadline) and [`take_for`](crate::AsyncTimed::take_for).
    ///
    /// From the deadline on, the stream is not asked any more, and is dropped at once: so also one that always has an item ends,
    /// and what it has not been asked for is not lost, if it was lent. [`is_cut`](Self::is_cut) tells whether it was the
    /// deadline. Before each item, the clock is asked for the time.
    ///
    /// Between two polls it stands still: the stream is dropped when this is polled.
    ///
    /// # Cancel safety
    ///
    /// As the stream in it: it keeps no item between two polls. Dropped, it takes its timer away.
    ///
    /// # Panics
    ///
    /// A panic of the stream or of the clock passes on. Polled again, it goes on.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::{pin::pin, time::Duration};
    /// use onpar_core::Clock;
    /// use onpar_iter::{AsyncIterator, AsyncTimed, Stream};
    ///
    /// /// What comes in the first second, and whether that was all.
    /// async fn first_answers(clock: &impl Clock, answers: impl Stream<Item = String>) -> (Vec<String>, bool) {
    ///     let mut answers = pin!(answers.take_for(clock, Duration::from_secs(1)));
    ///     let found = answers.as_mut().collect().await;
    ///     (found, !answers.is_cut())
    /// }
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct TakeUntilDeadline<S, C: Clock> {
        #[pin]
        stream: Fuse<S>,
        #[pin]
        alarm: Alarm<C>,
        deadline: Instant,
        is_cut: bool,
    }
}

impl<S, C: Clock> TakeUntilDeadline<S, C> {
    pub(crate) const fn new(stream: S, clock: C, deadline: Instant) -> Self {
        Self { stream: Fuse::new(stream), alarm: Alarm::new(clock), deadline, is_cut: false }
    }

    /// Whether the deadline has ended it: the stream may have had more.
    pub const fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// What the stream says of itself, if it is still there.
    pub(super) fn hint_of_all(&self) -> (usize, Option<usize>)
    where
        S: Stream,
    {
        self.stream.size_hint()
    }
}

impl<S: Stream, C: Clock> Stream for TakeUntilDeadline<S, C> {
    type Item = S::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut this = self.project();
        if this.stream.is_terminated() {
            return Poll::Ready(None);
        }
        if this.alarm.now() < *this.deadline {
            if let Poll::Ready(item) = this.stream.as_mut().poll_next(cx) {
                if item.is_none() {
                    this.alarm.stop();
                }
                return Poll::Ready(item);
            }
            ready!(this.alarm.as_mut().poll_until(*this.deadline, cx));
        }
        *this.is_cut = true;
        this.alarm.stop();
        this.stream.end();
        Poll::Ready(None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.stream.size_hint().1)
    }
}
