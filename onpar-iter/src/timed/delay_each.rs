//! [`DelayEach`]: each item so much later, one after another.

use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;

use futures_core::{FusedStream as _, Stream};
use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

use super::Alarm;
use crate::adapt::Fuse;

pin_project! {
    /// The stream of [`delay_each`](crate::AsyncTimed::delay_each).
    ///
    /// The delay of an item begins when it has come and the one before it has been given. While an item waits, the stream is
    /// polled on, so that what is under way in there goes on, until the next item is there; that one is kept, and no further
    /// one is asked for. The end is not delayed.
    ///
    /// Between two polls it stands still, but a delay that has begun runs on.
    ///
    /// With [`Duration::ZERO`] it gives each item at once; with [`Duration::MAX`] it gives none.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the item that waits, and the one after it. Not being polled loses nothing.
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
    ///
    /// async fn blink(clock: &impl Clock, lamps: &[u8]) {
    ///     let lamps = lamps.iter().into_async_iter().delay_each(clock, Duration::from_millis(200));
    ///     lamps.for_each(async |lamp| println!("lamp {lamp}")).await; // the first one after 200 ms, the second after 400 ms
    /// }
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct DelayEach<S, C: Clock, T> {
        #[pin]
        stream: Fuse<S>,
        #[pin]
        alarm: Alarm<C>,
        delay: Duration,
        // The item that waits, and the one after it: there is none without the first.
        waiting: Option<T>,
        next: Option<T>,
        // When the first one is given, once its delay has begun.
        due: Option<Instant>,
    }
}

impl<S, C: Clock, T> DelayEach<S, C, T> {
    pub(crate) const fn new(stream: S, clock: C, delay: Duration) -> Self {
        Self { stream: Fuse::new(stream), alarm: Alarm::new(clock), delay, waiting: None, next: None, due: None }
    }
}

impl<S: Stream<Item = T>, C: Clock, T> Stream for DelayEach<S, C, T> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut this = self.project();
        while this.next.is_none()
            && let Poll::Ready(Some(item)) = this.stream.as_mut().poll_next(cx)
        {
            let place = if this.waiting.is_none() { &mut *this.waiting } else { &mut *this.next };
            *place = Some(item);
        }
        if this.waiting.is_none() {
            return if this.stream.is_terminated() { Poll::Ready(None) } else { Poll::Pending };
        }
        let due = match *this.due {
            Some(due) => due,
            None => *this.due.insert(this.alarm.now() + *this.delay),
        };
        ready!(this.alarm.as_mut().poll_until(due, cx));
        // The clock is asked before anything is taken, since it may panic.
        *this.due = this.next.is_some().then(|| this.alarm.now() + *this.delay);
        Poll::Ready(mem::replace(this.waiting, this.next.take()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        let held = usize::from(self.waiting.is_some()) + usize::from(self.next.is_some());
        (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)))
    }
}
