//! A timeout gets no clock. Time is a value: pass the clock of your runtime.

use std::time::Duration;

use onpar::prelude::*;

fn main() {
    let _future = timeout(std::time::Instant::now(), Duration::from_secs(1), async {});
}
