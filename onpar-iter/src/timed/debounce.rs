//! [`Debounce`]: the latest item, when it has been silent for a while.

use core::time::Duration;

use onpar_core::Instant;

use super::Pace;

/// The rule of [`debounce`](crate::AsyncTimed::debounce).
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_iter::{AsyncIterator, AsyncTimed, Stream};
/// # async fn suggest(text: &str) { println!("{text}") }
///
/// /// Asks for suggestions when the user stops typing.
/// async fn complete(clock: &impl Clock, typed: impl Stream<Item = String>) {
///     typed.debounce(clock, Duration::from_millis(250)).for_each(async |text| suggest(&text).await).await;
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Debounce {
    silence: Duration,
}

impl Debounce {
    pub(crate) const fn new(silence: Duration) -> Self {
        Self { silence }
    }
}

impl Pace for Debounce {
    const WAITS_FOR_SILENCE: bool = true;

    fn due(&self, now: Instant) -> Instant {
        now + self.silence
    }
}
