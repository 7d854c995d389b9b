//! An interval takes the time from a value that implements `Clock`, and comes first.

use std::time::Duration;

use onpar::iter::interval;

fn main() {
    let _ticks = interval(Duration::ZERO, Duration::from_secs(1));
}
