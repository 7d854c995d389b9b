//! [`Throttle`]: all items, at most one in so much time.

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;

use futures_core::Stream;
use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

use super::Alarm;
use crate::adapt::Fuse;

pin_project! {
    /// The stream of [`throttle`](crate::AsyncTimed::throttle).
    ///
    /// The first item is given when it comes, and each further one not before `interval` has passed since the one before it
    /// was given. While an interval passes, the stream is polled until its next item is there; that one is kept, and no
    /// further one is asked for: so a stream that takes its time loses none of it, and one that is fast has to wait. The end is
    /// given as soon as it is known.
    ///
    /// Between two polls it stands still, but an interval that has begun runs on.
    ///
    /// With [`Duration::ZERO`] it gives each item at once; with [`Duration::MAX`] it gives one item, and no further one.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the item that waits. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the stream or of the clock passes on. Polled again, it goes on, and has lost no item.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_iter::{AsyncIterator, AsyncTimed, IntoAsyncIterator};
    /// # async fn ask(host: &str) -> bool { host.len() > 3 }
    ///
    /// /// Ten requests a second, and no more.
    /// async fn count_up(clock: &impl Clock, hosts: &[&str]) -> usize {
    ///     let hosts = hosts.iter().into_async_iter().throttle(clock, Duration::from_millis(100));
    ///     hosts.filter(async |host| ask(host).await).count().await
    /// }
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Throttle<S, C: Clock, T> {
        #[pin]
        stream: Fuse<S>,
        #[pin]
        alarm: Alarm<C>,
        interval: Duration,
        held: Option<T>,
        // When the next item may be given.
        free: Instant,
    }
}

impl<S, C: Clock, T> Throttle<S, C, T> {
    pub(crate) const fn new(stream: S, clock: C, interval: Duration) -> Self {
        Self { stream: Fuse::new(stream), alarm: Alarm::new(clock), interval, held: None, free: Instant::ORIGIN }
    }
}

impl<S: Stream<Item = T>, C: Clock, T> Stream for Throttle<S, C, T> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut this = self.project();
        if this.held.is_none() {
            *this.held = ready!(this.stream.poll_next(cx));
            if this.held.is_none() {
                this.alarm.stop();
                return Poll::Ready(None);
            }
        }
        let mut now = this.alarm.now();
        if now < *this.free {
            ready!(this.alarm.as_mut().poll_since(now, *this.free, cx));
            now = this.alarm.now();
        }
        *this.free = now + *this.interval;
        Poll::Ready(this.held.take())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        let held = usize::from(self.held.is_some());
        (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)))
    }
}
