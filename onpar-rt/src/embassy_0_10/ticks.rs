//! The ticks of embassy's driver, and the instants of a clock.
//!
//! A tick may be longer or shorter than a nanosecond. What the time is, is rounded down, and a deadline up: so when the tick of
//! a deadline has come, the clock says that it has.

use embassy_time_driver::TICK_HZ;
use onpar_core::Instant;

const NANOS: u64 = 1_000_000_000;

/// What the driver says.
pub(super) fn now() -> u64 {
    embassy_time_driver::now()
}

/// The instant that begins with this tick.
pub(super) const fn instant(ticks: u64) -> Instant {
    // No driver has more than 18 ticks a nanosecond, so what is left of a second has room.
    let nanos = (ticks / TICK_HZ).saturating_mul(NANOS);
    Instant::from_nanos(nanos.saturating_add(ticks % TICK_HZ * NANOS / TICK_HZ))
}

/// The first tick at which `deadline` has come. The last of all: never.
pub(super) const fn tick(deadline: Instant) -> u64 {
    let nanos = deadline.as_nanos();
    if nanos == u64::MAX {
        return u64::MAX;
    }
    (nanos / NANOS).saturating_mul(TICK_HZ).saturating_add((nanos % NANOS * TICK_HZ).div_ceil(NANOS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadline_has_come_at_its_tick_and_not_at_the_one_before() {
        for nanos in [0, 1, 999, 1000, 1001, 123_456_789_012, 7 * NANOS, u64::MAX / 2 + 1] {
            let deadline = Instant::from_nanos(nanos);
            let tick = tick(deadline);
            assert!(instant(tick) >= deadline, "{nanos}");
            assert!(tick == 0 || instant(tick - 1) < deadline, "{nanos}");
        }
    }

    #[test]
    fn both_ends_are_told() {
        assert_eq!((tick(Instant::ORIGIN), instant(0)), (0, Instant::ORIGIN));
        assert_eq!((tick(Instant::FAR_FUTURE), instant(u64::MAX)), (u64::MAX, Instant::FAR_FUTURE));
    }
}
