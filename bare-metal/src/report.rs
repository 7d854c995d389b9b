//! [`Report`]: what a run came to, and whether that is right.

use core::fmt;
use core::time::Duration;

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Smoothed measurements.
    pub smoothed: u32,
    /// Their sum.
    pub sum: u32,
    /// How often there was none in time.
    pub late: u32,
    /// How often it blinked meanwhile.
    pub blinks: u32,
    /// Ticks that were counted afterwards.
    pub ticks: u32,
    /// Buses that were powered down since the work with them was cut off.
    pub cut_off: u32,
    /// Cleanups that were reported, since they could not be run.
    pub reported: u32,
    /// Buses that were left on.
    pub powered: u32,
    /// How long all of it took.
    pub took: Duration,
}

impl Report {
    /// Whether it is what it has to be, however slow the machine is.
    ///
    /// # Errors
    ///
    /// What is wrong.
    pub fn check(&self) -> Result<(), &'static str> {
        let rules = [
            (self.smoothed == 16, "there have to be 16 smoothed measurements"),
            (self.sum == 16 * 21, "each three measurements have the average 21"),
            (self.late >= 1, "one measurement takes longer than the patience"),
            // Measurements are 10 ms apart at least, blinks 25: however both are held up, not more than five come between two.
            (self.blinks >= 3, "it has to blink beside"),
            (self.ticks == 3, "it has to tick three times"),
            (self.cut_off == 1, "the work that was cut off has to be cleaned up by the scope around it"),
            (self.reported == 1, "the cleanup that was cut off has to be reported, and no other"),
            (self.powered == 0, "no bus may be left on"),
            (self.took >= Duration::from_millis(250), "it cannot take so little time"),
        ];
        rules.into_iter().try_for_each(|(holds, what)| if holds { Ok(()) } else { Err(what) })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} smoothed measurements with the sum {}, {} late; {} blinks, {} ticks; {} cut off and cleaned up, {} \
             reported, {} left on; {:?}",
            self.smoothed,
            self.sum,
            self.late,
            self.blinks,
            self.ticks,
            self.cut_off,
            self.reported,
            self.powered,
            self.took
        )
    }
}
