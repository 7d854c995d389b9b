//! [`unhurried`]: measures in real time, on a machine that has other things to do.

use crate::executor::Executor;
use crate::measured::Measured;

/// How many times as long everything may take in the end.
const LONGEST: u32 = 32;

/// Measures on this executor; in real time, [as often as it takes](in_real_time).
pub fn unhurried(executor: Executor, goes_wrong: bool, attempt: impl Fn(u32) -> Measured) -> Measured {
    if executor.is_virtual() { attempt(1) } else { in_real_time(goes_wrong, attempt) }
}

/// Measures, and does it again with all times twice as long if it does not go as it should, and so on.
///
/// It does not make right what goes right only with luck: how long the machine holds a program up does not grow with the program's
/// times, so that it counts for half as much each time, while a fault counts for as much as before.
pub fn in_real_time(goes_wrong: bool, attempt: impl Fn(u32) -> Measured) -> Measured {
    let (mut scale, mut measured) = (1, attempt(1));
    while measured.has_failed() != goes_wrong && scale < LONGEST {
        scale *= 2;
        measured = attempt(scale);
    }
    if scale == 1 { measured } else { measured.note(format!("{scale} times as long")) }
}
