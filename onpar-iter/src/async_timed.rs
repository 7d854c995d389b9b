//! [`AsyncTimed`]: the methods that need the time.
//!
//! One list of them: each builds the stream whose file has the name of the method, and the example.

use core::time::Duration;

use futures_core::Stream;
use onpar_core::Clock;

use crate::timed::{DelayEach, Timeout};

/// The methods that need the time, for every [`Stream`], by a clock that they are given.
///
/// std's `Iterator` has no counterpart of these. Each takes a [`Clock`] first: that of your runtime, or a reference to it. There
/// is no ambient timer that could be missing, and a test passes a virtual clock.
///
/// * **The stream below stays polled** while a timer waits, so that what is under way in there goes on. What each keeps of
///   its items, and what becomes of them, it says.
/// * **Between two polls the whole stands still,** as every stream does: nothing is given and nothing is taken. What comes
///   meanwhile is seen at the next poll, and counts from then on; deadlines that have begun run on.
/// * **Time** is that of the clock, to its own precision; nothing is given before its time. [`Duration::MAX`] is for ever.
/// * **The end** is for good: the stream below is dropped, and polled again there is nothing more.
/// * **Nothing is allocated,** but what says so, and what the timers of a clock need.
///
/// # Panics
///
/// A panic of the stream or of the clock passes on. Polled again, a stream goes on, with all items that it has and all
/// deadlines that had begun; a timer that panicked is replaced.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::{Clock, Elapsed};
/// use onpar_iter::{AsyncIterator, AsyncTimed, Stream};
///
/// async fn sum_in_time(clock: impl Clock, readings: impl Stream<Item = u32>) -> Result<u32, Elapsed> {
///     readings.timeout(clock, Duration::from_secs(1)).sum().await
/// }
/// ```
pub trait AsyncTimed: Stream {
    /// Each item that comes within `patience`; where one does not, [`Elapsed`](onpar_core::Elapsed), and then the item when it
    /// comes. See [`Timeout`].
    ///
    /// For the whole instead of each item, put the future that works on it into a timeout of its own.
    fn timeout<C: Clock>(self, clock: C, patience: Duration) -> Timeout<Self, C>
    where
        Self: Sized,
    {
        Timeout::new(self, clock, patience, false)
    }

    /// Each item, and [`Elapsed`](onpar_core::Elapsed) again and again, each time that there has been none for `patience`. See
    /// [`Timeout`].
    fn timeout_repeating<C: Clock>(self, clock: C, patience: Duration) -> Timeout<Self, C>
    where
        Self: Sized,
    {
        Timeout::new(self, clock, patience, true)
    }

    /// Each item `delay` later, one after another: the next one waits from when this one was given. See [`DelayEach`].
    ///
    /// Delays that run side by side are those of a [pipeline](crate::AsyncIterator::concurrent), whose limit says how many
    /// items may wait: `.concurrent(limit).map(async |item| { clock.sleep(delay).await; item })`.
    fn delay_each<C: Clock>(self, clock: C, delay: Duration) -> DelayEach<Self, C, Self::Item>
    where
        Self: Sized,
    {
        DelayEach::new(self, clock, delay)
    }
}

impl<S: Stream + ?Sized> AsyncTimed for S {}
