//! [`interval`]: an item each time that so much time has passed.
//!
//! [`interval`], [`interval_at`], the [`Interval`] that they make, and its [`MissedTickBehavior`], by a clock that is at once
//! where somebody sleeps to:
//!
//! ```
//! use std::time::Duration;
//! use onpar_iter::source::{Interval, MissedTickBehavior::{self, Burst, Delay, Skip}};
//! use onpar_iter::{AsyncIterator, interval, interval_at};
//! # use onpar_core::{Clock, Instant};
//! # use std::{cell::Cell, future::Future, pin::Pin, rc::Rc, task::{Context, Poll}};
//! # #[derive(Clone, Default)]
//! # struct Leaping(Rc<Cell<Instant>>);
//! # struct Sleep(Leaping, Instant);
//! # impl Future for Sleep {
//! #     type Output = ();
//! #     fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
//! #         self.0.0.set(self.0.0.get().max(self.1));
//! #         Poll::Ready(())
//! #     }
//! # }
//! # impl Clock for Leaping {
//! #     type Sleep = Sleep;
//! #     fn now(&self) -> Instant { self.0.get() }
//! #     fn sleep_until(&self, deadline: Instant) -> Sleep { Sleep(self.clone(), deadline) }
//! #     fn reset(&self, mut sleep: Pin<&mut Sleep>, deadline: Instant) { sleep.1 = deadline; }
//! # }
//!
//! /// When the ticks are taken, in milliseconds, if the stream is not asked from the first one until 3.5 s.
//! fn taken(missed: MissedTickBehavior) -> Vec<u128> {
//!     let clock = Leaping::default();
//!     let start = clock.now();
//!     let ticks: Interval<_, _> = interval(&clock, Duration::from_secs(1)).missed_ticks(missed);
//!     let taken = ticks.enumerate().map(async |(number, _)| {
//!         let taken = clock.now() - start;
//!         if number == 0 {
//!             clock.sleep(Duration::from_millis(3500)).await;
//!         }
//!         taken.as_millis()
//!     });
//!     pollster::block_on(taken.take(6).collect())
//! }
//!
//! assert_eq!(taken(Burst), [0, 3500, 3500, 3500, 4000, 5000]);
//! assert_eq!(taken(Delay), [0, 3500, 4500, 5500, 6500, 7500]);
//! assert_eq!(taken(Skip), [0, 3500, 4000, 5000, 6000, 7000]);
//!
//! let clock = Leaping::default();
//! let in_an_hour = clock.now() + Duration::from_hours(1);
//! let tick = interval_at(&clock, in_an_hour, Duration::from_secs(1)).take(1).last();
//! assert_eq!(pollster::block_on(tick), Some(in_an_hour));
//! ```

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;

use futures_core::Stream;
use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

/// An item now, and then one each `period`, without end: the time at which it was due.
///
/// Time runs on while nobody asks for an item, or takes long to. What then becomes of the ticks that were missed is told by
/// [`missed_ticks`](Interval::missed_ticks); by default they are made up for in a burst.
///
/// A period of zero is taken as one of a nanosecond, the least that a clock can tell.
pub fn interval<C: Clock>(clock: C, period: Duration) -> Interval<C, C::Sleep> {
    let now = clock.now();
    interval_at(clock, now, period)
}

/// An item at `start`, and then one each `period`. See [`interval`].
pub fn interval_at<C: Clock>(clock: C, start: Instant, period: Duration) -> Interval<C, C::Sleep> {
    let sleep = clock.sleep_until(start);
    let period = period.max(Duration::from_nanos(1));
    Interval { sleep, clock, due: start, period, missed_ticks: MissedTickBehavior::Burst }
}

/// What becomes of the ticks of an [`interval`] that were missed: those that were due, with the next one, before the stream
/// was asked.
///
/// The names are those of tokio.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else to do with the past")]
pub enum MissedTickBehavior {
    /// Each of them comes at once, until all are there.
    #[default]
    Burst,
    /// They are left out, and the next one comes a period after now.
    Delay,
    /// They are left out, and the next one comes when it would have come.
    Skip,
}

impl MissedTickBehavior {
    /// When the next tick is due, if this one is taken now.
    fn next(self, due: Instant, now: Instant, period: Duration) -> Instant {
        let next = due + period;
        if now < next {
            return next;
        }
        match self {
            Self::Burst => next,
            Self::Delay => now + period,
            Self::Skip => {
                // Both fit into 64 bits, as instants do.
                let since = (now - due).as_nanos() % period.as_nanos();
                now + period.saturating_sub(Duration::from_nanos(u64::try_from(since).unwrap_or(u64::MAX)))
            }
        }
    }
}

pin_project! {
    /// The stream of [`interval`].
    ///
    /// # Cancel safety
    ///
    /// Not being polled loses no tick, unless [`missed_ticks`](Self::missed_ticks) says so.
    #[must_use = "streams do nothing unless polled"]
    pub struct Interval<C, S> {
        #[pin]
        sleep: S,
        clock: C,
        due: Instant,
        period: Duration,
        missed_ticks: MissedTickBehavior,
    }
}

impl<C: Clock> Interval<C, C::Sleep> {
    /// Says what becomes of ticks that are missed.
    pub fn missed_ticks(mut self, missed_ticks: MissedTickBehavior) -> Self {
        self.missed_ticks = missed_ticks;
        self
    }

    /// The time between two ticks.
    pub fn period(&self) -> Duration {
        self.period
    }

    /// Begins anew: the next tick comes a period after now.
    pub fn reset(self: Pin<&mut Self>) {
        let next = self.clock.now() + self.period;
        self.reset_at(next);
    }

    /// Begins anew: the next tick comes at `next`.
    pub fn reset_at(self: Pin<&mut Self>, next: Instant) {
        let this = self.project();
        *this.due = next;
        this.clock.reset(this.sleep, next);
    }
}

impl<C: Clock> Stream for Interval<C, C::Sleep> {
    type Item = Instant;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Instant>> {
        let mut this = self.project();
        ready!(this.sleep.as_mut().poll(cx));
        let due = *this.due;
        *this.due = this.missed_ticks.next(due, this.clock.now(), *this.period);
        this.clock.reset(this.sleep, *this.due);
        Poll::Ready(Some(due))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }
}

impl<C, S> fmt::Debug for Interval<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interval").field("due", &self.due).field("period", &self.period).finish_non_exhaustive()
    }
}
