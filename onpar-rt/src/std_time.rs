//! The time of std as the time of a clock, for runtimes whose timers take std's instants.

use std::sync::OnceLock;
use std::time;

use onpar_core::Instant;

/// The origin of these clocks: the first time that anybody asked.
#[expect(clippy::disallowed_methods, reason = "this is where time comes from")]
fn origin() -> time::Instant {
    static ORIGIN: OnceLock<time::Instant> = OnceLock::new();
    *ORIGIN.get_or_init(time::Instant::now)
}

#[expect(clippy::disallowed_methods, reason = "this is where time comes from")]
pub(crate) fn now() -> Instant {
    let origin = origin();
    Instant::ORIGIN + time::Instant::now().saturating_duration_since(origin)
}

/// None: later than the platform can tell.
pub(crate) fn when(deadline: Instant) -> Option<time::Instant> {
    origin().checked_add(deadline - Instant::ORIGIN)
}
