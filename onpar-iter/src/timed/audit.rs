//! [`Audit`]: the latest item, so long after the first one.

use core::time::Duration;

use onpar_core::Instant;

use super::Pace;

/// The rule of [`audit`](crate::AsyncTimed::audit).
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_iter::{AsyncIterator, AsyncTimed, Stream};
/// # async fn write(settings: &str) { println!("{settings}") }
///
/// /// Changes that come within a second are written together, none of them later than a second after it was made.
/// async fn keep(clock: &impl Clock, changed: impl Stream<Item = String>) {
///     changed.audit(clock, Duration::from_secs(1)).for_each(async |settings| write(&settings).await).await;
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Audit {
    delay: Duration,
}

impl Audit {
    pub(crate) const fn new(delay: Duration) -> Self {
        Self { delay }
    }
}

impl Pace for Audit {
    const WAITS_FOR_SILENCE: bool = false;

    fn due(&self, now: Instant) -> Instant {
        now + self.delay
    }
}
