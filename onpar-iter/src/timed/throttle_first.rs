//! [`ThrottleFirst`]: of the items in so much time, the first.

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;

use futures_core::{FusedStream as _, Stream};
use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

use super::AT_ONCE;
use crate::adapt::Fuse;

pin_project! {
    /// The stream of [`throttle_first`](crate::AsyncTimed::throttle_first).
    ///
    /// An item is given as soon as it comes, and begins an interval; those that come before that has passed are dropped.
    /// It needs no timer, and asks the clock for the time once a poll.
    ///
    /// Between two polls it stands still: an item that has come meanwhile counts from when it is seen. Of many that are
    /// ready and dropped at once, it gives its thread back after every 256.
    ///
    /// With [`Duration::ZERO`] it gives each item; with [`Duration::MAX`], the first alone.
    ///
    /// # Cancel safety
    ///
    /// As the stream in it: it keeps no item between two polls.
    ///
    /// # Panics
    ///
    /// A panic of the stream, of the clock or of an item that is dropped passes on. Polled again, it goes on.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_iter::{AsyncIterator, AsyncTimed, Stream};
    ///
    /// /// A double click is one click.
    /// async fn order(clock: &impl Clock, clicks: impl Stream<Item = u32>) {
    ///     let clicks = clicks.throttle_first(clock, Duration::from_millis(300));
    ///     clicks.for_each(async |item| println!("item {item} is ordered")).await;
    /// }
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct ThrottleFirst<S, C> {
        #[pin]
        stream: Fuse<S>,
        clock: C,
        interval: Duration,
        // When an item is given again.
        free: Instant,
    }
}

impl<S, C> ThrottleFirst<S, C> {
    pub(crate) const fn new(stream: S, clock: C, interval: Duration) -> Self {
        Self { stream: Fuse::new(stream), clock, interval, free: Instant::ORIGIN }
    }
}

impl<S: Stream, C: Clock> Stream for ThrottleFirst<S, C> {
    type Item = S::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut this = self.project();
        // Asked before anything is taken, since it may panic.
        let now = this.clock.now();
        for _ in 0..AT_ONCE {
            let item = ready!(this.stream.as_mut().poll_next(cx));
            if item.is_none() {
                return Poll::Ready(None);
            }
            if now >= *this.free {
                *this.free = now + *this.interval;
                return Poll::Ready(item);
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // None, if the interval outlasts the stream.
        let (lower, upper) = self.stream.size_hint();
        let is_first = self.free == Instant::ORIGIN && !self.stream.is_terminated();
        (if is_first { lower.min(1) } else { 0 }, upper)
    }
}
