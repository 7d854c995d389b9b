//! [`AsyncTimed`]: the methods that need the time.
//!
//! One list of them: each builds the stream whose file has the name of the method, and the example.

#[cfg(feature = "alloc")]
use core::num::NonZero;
use core::time::Duration;

use futures_core::Stream;
use onpar_core::{Clock, Instant};

#[cfg(feature = "alloc")]
use crate::timed::ChunksTimeout;
use crate::timed::{
    Audit, Debounce, DelayEach, Latest, Sample, TakeUntilDeadline, Throttle, ThrottleFirst, ThrottleLatest, Timeout,
    TimeoutWhole,
};

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
    /// For the whole instead of each item there is [`timeout_whole`](Self::timeout_whole).
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

    /// The items that come within `patience` from this call, and [`Elapsed`](onpar_core::Elapsed) as the last, if that was not
    /// all. See [`TimeoutWhole`].
    fn timeout_whole<C: Clock>(self, clock: C, patience: Duration) -> TimeoutWhole<Self, C>
    where
        Self: Sized,
    {
        TimeoutWhole::new(self.take_for(clock, patience))
    }

    /// The items that come within `duration` from this call. See [`TakeUntilDeadline`].
    fn take_for<C: Clock>(self, clock: C, duration: Duration) -> TakeUntilDeadline<Self, C>
    where
        Self: Sized,
    {
        let deadline = clock.now() + duration;
        TakeUntilDeadline::new(self, clock, deadline)
    }

    /// The items that come before `deadline`. See [`TakeUntilDeadline`].
    fn take_until_deadline<C: Clock>(self, clock: C, deadline: Instant) -> TakeUntilDeadline<Self, C>
    where
        Self: Sized,
    {
        TakeUntilDeadline::new(self, clock, deadline)
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

    /// Every item, at most one in each `interval`: one that comes too soon waits, and the stream waits with it. See
    /// [`Throttle`].
    ///
    /// What gives fewer items instead of waiting is [`throttle_first`](Self::throttle_first),
    /// [`throttle_latest`](Self::throttle_latest), [`audit`](Self::audit) and [`sample`](Self::sample).
    fn throttle<C: Clock>(self, clock: C, interval: Duration) -> Throttle<Self, C, Self::Item>
    where
        Self: Sized,
    {
        Throttle::new(self, clock, interval)
    }

    /// An item, and none of those that come within `interval` after it. See [`ThrottleFirst`].
    fn throttle_first<C: Clock>(self, clock: C, interval: Duration) -> ThrottleFirst<Self, C>
    where
        Self: Sized,
    {
        ThrottleFirst::new(self, clock, interval)
    }

    /// An item, and of those that come within `interval` after it the latest, when that has passed. See [`ThrottleLatest`] and
    /// [`Latest`].
    ///
    /// The last item is always given: the end comes after the interval in which it waits.
    fn throttle_latest<C: Clock>(self, clock: C, interval: Duration) -> Latest<Self, C, Self::Item, ThrottleLatest>
    where
        Self: Sized,
    {
        Latest::new(self, clock, ThrottleLatest::new(interval))
    }

    /// The latest item, `delay` after the first one that has come since the last was given. See [`Audit`] and [`Latest`].
    ///
    /// The last item is always given: the end comes after the delay in which it waits.
    fn audit<C: Clock>(self, clock: C, delay: Duration) -> Latest<Self, C, Self::Item, Audit>
    where
        Self: Sized,
    {
        Latest::new(self, clock, Audit::new(delay))
    }

    /// The latest item, when none has come for `silence`. See [`Debounce`] and [`Latest`].
    ///
    /// The last item is always given, as soon as the stream ends. While items keep coming sooner than that, none is given:
    /// [`audit`](Self::audit) has a bound on it.
    fn debounce<C: Clock>(self, clock: C, silence: Duration) -> Latest<Self, C, Self::Item, Debounce>
    where
        Self: Sized,
    {
        Latest::new(self, clock, Debounce::new(silence))
    }

    /// The latest item of each `period` that has one, at its end. See [`Sample`] and [`Latest`].
    ///
    /// The periods are counted from this call. The last item is always given: the end comes with that of its period.
    fn sample<C: Clock>(self, clock: C, period: Duration) -> Latest<Self, C, Self::Item, Sample>
    where
        Self: Sized,
    {
        let start = clock.now();
        Latest::new(self, clock, Sample::new(start, period))
    }

    /// Up to `size` items at a time, in a `Vec`, which is given after `patience` if it is not full by then. See
    /// [`ChunksTimeout`].
    ///
    /// A size of zero does not compile: write `limit!(100)`, or `NonZero::new(n)` for a number known at run time only.
    #[cfg(feature = "alloc")]
    fn chunks_timeout<C: Clock>(
        self,
        clock: C,
        size: NonZero<usize>,
        patience: Duration,
    ) -> ChunksTimeout<Self, C, Self::Item>
    where
        Self: Sized,
    {
        ChunksTimeout::new(self, clock, size, patience)
    }
}

impl<S: Stream + ?Sized> AsyncTimed for S {}
