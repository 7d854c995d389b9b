//! [`Sample`]: the latest item of each period.

use core::time::Duration;

use onpar_core::Instant;

use super::Pace;

/// The rule of [`sample`](crate::AsyncTimed::sample).
///
/// A timer is set for a period that has an item, and for no other.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_iter::{AsyncIterator, AsyncTimed, Stream};
///
/// /// A line a second, however many readings there are.
/// async fn show(clock: &impl Clock, degrees: impl Stream<Item = f32>) {
///     degrees.sample(clock, Duration::from_secs(1)).for_each(async |degrees| println!("{degrees} C")).await;
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    start: Instant,
    period: Duration,
}

impl Sample {
    pub(crate) const fn new(start: Instant, period: Duration) -> Self {
        Self { start, period }
    }
}

impl Pace for Sample {
    const WAITS_FOR_SILENCE: bool = false;

    /// The end of the period; what comes just then belongs to the next one.
    fn due(&self, now: Instant) -> Instant {
        let period = u64::try_from(self.period.as_nanos()).unwrap_or(u64::MAX);
        let since = now.as_nanos().saturating_sub(self.start.as_nanos());
        let Some(past) = since.checked_div(period) else { return now };
        self.start + Duration::from_nanos(past.saturating_add(1).saturating_mul(period))
    }
}
