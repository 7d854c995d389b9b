//! A stream gets no clock, or what is none. Time is a value, and comes first: pass the clock of your runtime.

use std::time::Duration;

use onpar::prelude::*;

fn main() {
    let _forgotten = (0..3).into_async_iter().timeout(Duration::from_secs(1));
    let _wrong = (0..3).into_async_iter().throttle(std::time::Instant::now(), Duration::from_secs(1));
}
