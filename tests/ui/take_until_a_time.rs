//! `take_until` takes a future. A time needs a clock, and has methods of its own.

use std::time::Duration;

use onpar::prelude::*;

fn main() {
    let _taken = (0..3).into_async_iter().take_until(Duration::from_secs(1));
}
