//! [`ThrottleLatest`]: at most one item in so much time, of several the latest.

use core::time::Duration;

use onpar_core::Instant;

use super::Pace;

/// The rule of [`throttle_latest`](crate::AsyncTimed::throttle_latest).
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_iter::{AsyncIterator, AsyncTimed, Stream};
///
/// /// Progress is shown at once, then twice a second at most, and always the last of it.
/// async fn show(clock: &impl Clock, percent: impl Stream<Item = u8>) {
///     percent.throttle_latest(clock, Duration::from_millis(500)).for_each(async |percent| println!("{percent}%")).await;
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ThrottleLatest {
    interval: Duration,
    // When the next item may be given.
    free: Instant,
}

impl ThrottleLatest {
    pub(crate) const fn new(interval: Duration) -> Self {
        Self { interval, free: Instant::ORIGIN }
    }
}

impl Pace for ThrottleLatest {
    const WAITS_FOR_SILENCE: bool = false;

    fn due(&self, now: Instant) -> Instant {
        now.max(self.free)
    }

    fn given(&mut self, now: impl FnOnce() -> Instant) {
        self.free = now() + self.interval;
    }
}
