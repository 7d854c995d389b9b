//! [`Latest`]: a stream that holds the latest item until it is due.
//!
//! When that is, is the rule of a [`Pace`]. What is due is given before the stream is asked for anything newer, so that an item
//! whose time had come while nobody polled is not overtaken.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::{FusedStream as _, Stream};
use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

use super::{AT_ONCE, Alarm};
use crate::adapt::Fuse;

/// A rule that says when the latest item is given.
///
/// # Examples
///
/// ```
/// use onpar_core::Instant;
/// use onpar_iter::timed::Pace;
///
/// /// The latest item at each full second of the clock.
/// struct EachSecond;
///
/// impl Pace for EachSecond {
///     const WAITS_FOR_SILENCE: bool = false;
///
///     fn due(&self, now: Instant) -> Instant {
///         const SECOND: u64 = 1_000_000_000;
///         Instant::from_nanos((now.as_nanos() / SECOND + 1) * SECOND)
///     }
/// }
/// ```
pub trait Pace {
    /// Whether a newer item has to wait anew, and the end is all the silence that it needs. Else the newer one takes the
    /// place of the older, and is given at the same instant, also after the end.
    const WAITS_FOR_SILENCE: bool;

    /// When an item is given that has come `now`.
    fn due(&self, now: Instant) -> Instant;

    /// An item is given: `now` tells when, to those that have to know.
    fn given(&mut self, now: impl FnOnce() -> Instant) {
        let _ = now;
    }
}

pin_project! {
    /// A stream of the latest items of another stream, each given when a [`Pace`] says so.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the item that waits. Not being polled loses nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_iter::timed::{Debounce, Latest};
    /// use onpar_iter::{AsyncTimed, Stream};
    ///
    /// fn settled<S: Stream<Item = u32>, C: Clock>(clock: C, readings: S) -> Latest<S, C, u32, Debounce> {
    ///     readings.debounce(clock, Duration::from_millis(50))
    /// }
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Latest<S, C: Clock, T, R> {
        #[pin]
        stream: Fuse<S>,
        #[pin]
        alarm: Alarm<C>,
        rule: R,
        held: Option<T>,
        // When it is given, once that is known.
        due: Option<Instant>,
    }
}

impl<S, C: Clock, T, R> Latest<S, C, T, R> {
    pub(crate) const fn new(stream: S, clock: C, rule: R) -> Self {
        Self { stream: Fuse::new(stream), alarm: Alarm::new(clock), rule, held: None, due: None }
    }
}

impl<S: Stream<Item = T>, C: Clock, T, R: Pace> Latest<S, C, T, R> {
    fn give(self: Pin<&mut Self>) -> Poll<Option<T>> {
        let this = self.project();
        // Before anything is taken, since a clock may panic.
        this.rule.given(|| this.alarm.now());
        *this.due = None;
        Poll::Ready(this.held.take())
    }
}

impl<S: Stream<Item = T>, C: Clock, T, R: Pace> Stream for Latest<S, C, T, R> {
    type Item = T;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut this = self.as_mut().project();
        if let Some(due) = *this.due
            && this.alarm.as_mut().poll_until(due, cx).is_ready()
        {
            return self.give();
        }
        let mut taken = 0;
        while let Poll::Ready(Some(item)) = this.stream.as_mut().poll_next(cx) {
            if R::WAITS_FOR_SILENCE {
                *this.due = None;
            }
            *this.held = Some(item);
            taken += 1;
            if taken == AT_ONCE {
                cx.waker().wake_by_ref();
                break;
            }
        }
        let has_ended = this.stream.is_terminated();
        if this.held.is_none() {
            return if has_ended { Poll::Ready(None) } else { Poll::Pending };
        }
        if has_ended && R::WAITS_FOR_SILENCE {
            this.alarm.stop();
            return self.give();
        }
        if this.due.is_some() {
            return Poll::Pending; // its timer has been asked above
        }
        let now = this.alarm.now();
        let due = this.rule.due(now);
        if now < due {
            *this.due = Some(due);
            ready!(this.alarm.poll_since(now, due, cx));
        }
        self.give()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // Whatever comes, the last item is given.
        let (lower, upper) = self.stream.size_hint();
        let held = usize::from(self.held.is_some());
        (lower.saturating_add(held).min(1), upper.and_then(|upper| upper.checked_add(held)))
    }
}
