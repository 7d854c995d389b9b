//! [`Instant`]: a point in the time of one clock.

use core::fmt;
use core::ops::{Add, AddAssign, Sub};
use core::time::Duration;

/// A point in the time of one [`Clock`](crate::Clock): whole nanoseconds since that clock's origin.
///
/// The origin is the clock's own affair, so instants of different clocks must not be compared. 64 bits of nanoseconds
/// last for 584 years; arithmetic saturates at both ends, so that "a deadline for ever" needs no special case.
///
/// # Examples
///
/// ```
/// use core::time::Duration;
/// use onpar_core::Instant;
///
/// let start = Instant::ORIGIN + Duration::from_millis(5);
/// assert_eq!(start + Duration::from_millis(2) - start, Duration::from_millis(2));
/// assert_eq!(start - (start + Duration::from_secs(1)), Duration::ZERO);
/// assert_eq!(start + Duration::MAX, Instant::FAR_FUTURE);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(u64);

impl Instant {
    /// The origin of a clock's time.
    pub const ORIGIN: Self = Self(0);
    /// The last instant that can be told: 584 years after the origin.
    pub const FAR_FUTURE: Self = Self(u64::MAX);

    /// The instant that lies `nanos` nanoseconds after the origin.
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// Nanoseconds since the origin.
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// The time from `earlier` to `self`, zero if `earlier` is in fact later.
    pub const fn saturating_duration_since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(nanos))
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        self.saturating_duration_since(earlier)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Instant({:?})", Duration::from_nanos(self.0))
    }
}
