//! Instants saturate at both ends, and otherwise add and subtract as numbers do.

use core::time::Duration;

use onpar_core::Instant;
use proptest::prelude::*;

proptest! {
    #[test]
    fn adding_is_the_inverse_of_subtracting_as_long_as_it_fits(start: u64, nanos: u64) {
        let start = Instant::from_nanos(start);
        let duration = Duration::from_nanos(nanos);
        let sum = start.as_nanos().checked_add(nanos);
        prop_assert_eq!(start + duration, sum.map_or(Instant::FAR_FUTURE, Instant::from_nanos));
        prop_assert!(sum.is_none() || (start + duration) - start == duration);
    }

    #[test]
    fn adding_any_duration_never_goes_back(start: u64, secs: u64, nanos in 0..1_000_000_000_u32) {
        let start = Instant::from_nanos(start);
        prop_assert!(start + Duration::new(secs, nanos) >= start);
    }

    #[test]
    fn the_time_between_two_instants_is_that_between_their_numbers_or_zero(a: u64, b: u64) {
        let (from, to) = (Instant::from_nanos(a), Instant::from_nanos(b));
        prop_assert_eq!(to - from, Duration::from_nanos(b.saturating_sub(a)));
        prop_assert_eq!(to.saturating_duration_since(from), to - from);
        prop_assert_eq!(from.cmp(&to), a.cmp(&b));
    }

    #[test]
    fn adding_in_place_is_adding(start: u64, nanos: u64) {
        let mut moved = Instant::from_nanos(start);
        moved += Duration::from_nanos(nanos);
        prop_assert_eq!(moved, Instant::from_nanos(start) + Duration::from_nanos(nanos));
    }
}

#[test]
fn the_ends_are_where_they_are_said_to_be() {
    assert_eq!(Instant::default(), Instant::ORIGIN);
    assert_eq!(Instant::ORIGIN.as_nanos(), 0);
    assert_eq!(Instant::FAR_FUTURE.as_nanos(), u64::MAX);
    assert_eq!(Instant::FAR_FUTURE + Duration::from_nanos(1), Instant::FAR_FUTURE);
    assert_eq!(Instant::ORIGIN - Instant::FAR_FUTURE, Duration::ZERO);
    assert!((Instant::FAR_FUTURE - Instant::ORIGIN).as_secs() / (365 * 24 * 60 * 60) >= 584);
    assert_eq!(format!("{:?}", Instant::from_nanos(1_500_000)), "Instant(1.5ms)");
}
