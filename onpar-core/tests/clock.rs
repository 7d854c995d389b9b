//! A clock is used by reference as it is by value, and a sleep counts from its call.

use core::cell::Cell;
use core::future::{Ready, ready};
use core::pin::{Pin, pin};
use core::time::Duration;

use onpar_core::{Clock, Instant};

/// A clock that says what it was asked.
#[derive(Clone, Default)]
struct Stopped<'a> {
    now: Instant,
    asked: Option<&'a Cell<Option<Instant>>>,
}

impl Clock for Stopped<'_> {
    type Sleep = Ready<()>;

    fn now(&self) -> Instant {
        self.now
    }

    fn sleep_until(&self, deadline: Instant) -> Ready<()> {
        if let Some(asked) = self.asked {
            asked.set(Some(deadline));
        }
        ready(())
    }

    fn reset(&self, _sleep: Pin<&mut Ready<()>>, deadline: Instant) {
        drop(self.sleep_until(deadline));
    }
}

#[test]
fn a_sleep_counts_from_the_call_and_ends_with_time_at_the_latest() {
    let asked = Cell::default();
    let clock = Stopped { now: Instant::from_nanos(5), asked: Some(&asked) };
    drop(clock.sleep(Duration::from_nanos(2)));
    assert_eq!(asked.take(), Some(Instant::from_nanos(7)));
    drop(clock.sleep(Duration::MAX));
    assert_eq!(asked.take(), Some(Instant::FAR_FUTURE));
}

#[test]
fn a_reference_to_a_clock_is_that_clock() {
    fn through<C: Clock>(clock: &C) -> Instant {
        direct(clock)
    }
    fn direct<C: Clock>(clock: C) -> Instant {
        let mut sleep = pin!(clock.sleep_until(Instant::from_nanos(1)));
        clock.reset(sleep.as_mut(), Instant::from_nanos(2));
        clock.now()
    }
    let asked = Cell::default();
    let clock = Stopped { now: Instant::from_nanos(5), asked: Some(&asked) };
    assert_eq!(through(&clock), Instant::from_nanos(5));
    assert_eq!(asked.take(), Some(Instant::from_nanos(2)));
}
