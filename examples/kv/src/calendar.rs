//! [`Calendar`]: what the calendar says at each time of a clock.

use core::time::Duration;
use std::time::SystemTime;

use onpar::Instant;

use crate::store::Millis;

/// What the calendar says at each time of a clock. It is looked at once: who sets it while the server runs moves no deadline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendar {
    start: Instant,
    unix: Duration,
}

impl Calendar {
    pub(crate) fn new(start: Instant) -> Self {
        Self { start, unix: SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default() }
    }

    pub(crate) fn millis(self, at: Instant) -> Millis {
        Millis::try_from((self.unix + (at - self.start)).as_millis()).unwrap_or(Millis::MAX)
    }
}
