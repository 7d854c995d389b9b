//! [`Timeout`]: each item in time, or an error in its place.

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;

use futures_core::{FusedStream as _, Stream};
use onpar_core::{Clock, Elapsed, Instant};
use pin_project_lite::pin_project;

use super::Alarm;
use crate::adapt::Fuse;

pin_project! {
    /// The stream of [`timeout`](crate::AsyncTimed::timeout) and [`timeout_repeating`](crate::AsyncTimed::timeout_repeating).
    ///
    /// The time of an item runs from the first poll that has found it missing, so it is the stream that is late, never
    /// whoever reads it: a loop body that takes longer than the timeout causes no error. An item that is there in the poll in
    /// which its time is up wins. After the error the stream is as it was, and its item is still to come; the end of the stream
    /// is waited for like an item. A stream whose items are ready never asks for the time.
    ///
    /// Between two polls it stands still: then neither an item comes nor an error, and the first poll after the deadline gives
    /// what there is.
    ///
    /// With [`Duration::ZERO`] each item that is not ready at once has one error before it, also where errors repeat;
    /// [`Duration::MAX`] is no timeout.
    ///
    /// # Cancel safety
    ///
    /// As the stream in it: it keeps no item between two polls. Dropped, it takes its timer away.
    ///
    /// # Panics
    ///
    /// A panic of the stream or of the clock passes on. Polled again, it goes on: the time of the item that was being waited
    /// for runs on.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::{pin::pin, time::Duration};
    /// use onpar_core::{Clock, Elapsed};
    /// use onpar_iter::{AsyncIterator, AsyncTimed, Stream};
    ///
    /// /// Counts the messages, and goes looking when there is none for a while.
    /// async fn listen(clock: &impl Clock, messages: impl Stream<Item = String>) -> usize {
    ///     let mut messages = pin!(messages.timeout(clock, Duration::from_secs(30)));
    ///     let mut count = 0;
    ///     while let Some(message) = messages.next().await {
    ///         match message {
    ///             Ok(_message) => count += 1,
    ///             Err(Elapsed) => println!("no message for 30 seconds: is it still there?"),
    ///         }
    ///     }
    ///     count
    /// }
    ///
    /// /// The first silence ends it.
    /// async fn all_in_time(clock: &impl Clock, parts: impl Stream<Item = String>) -> Result<String, Elapsed> {
    ///     parts.timeout(clock, Duration::from_secs(1)).collect().await
    /// }
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Timeout<S, C: Clock> {
        #[pin]
        stream: Fuse<S>,
        #[pin]
        alarm: Alarm<C>,
        patience: Duration,
        repeats: bool,
        silence: Silence,
    }
}

/// What is known of the item that is to come.
#[derive(Clone, Copy, Debug)]
enum Silence {
    /// Nobody has found it missing yet.
    Unnoticed,
    /// It has to come until then.
    Until(Instant),
    /// It did not come in time, and that has been said.
    Told,
}

impl<S, C: Clock> Timeout<S, C> {
    pub(crate) const fn new(stream: S, clock: C, patience: Duration, repeats: bool) -> Self {
        let repeats = repeats && !patience.is_zero();
        Self { stream: Fuse::new(stream), alarm: Alarm::new(clock), patience, repeats, silence: Silence::Unnoticed }
    }
}

impl<S: Stream, C: Clock> Stream for Timeout<S, C> {
    type Item = Result<S::Item, Elapsed>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut this = self.project();
        if let Poll::Ready(item) = this.stream.poll_next(cx) {
            *this.silence = Silence::Unnoticed;
            if item.is_none() {
                this.alarm.stop();
            }
            return Poll::Ready(item.map(Ok));
        }
        let deadline = match *this.silence {
            Silence::Unnoticed => this.alarm.now() + *this.patience,
            Silence::Until(deadline) => deadline,
            Silence::Told => return Poll::Pending,
        };
        *this.silence = Silence::Until(deadline);
        ready!(this.alarm.as_mut().poll_until(deadline, cx));
        *this.silence = if *this.repeats { Silence::Unnoticed } else { Silence::Told };
        Poll::Ready(Some(Err(Elapsed)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (lower, upper) = self.stream.size_hint();
        if self.stream.is_terminated() {
            return (lower, upper);
        }
        // One error before each item and before the end, but for one that has been given.
        let silences = usize::from(!matches!(self.silence, Silence::Told));
        let errors = |items: usize| items.checked_mul(2)?.checked_add(silences);
        (lower, if self.repeats { None } else { upper.and_then(errors) })
    }
}
