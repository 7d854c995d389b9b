//! A cleanup budget gets no clock. Time is a value: pass the clock of your runtime.

use std::time::Duration;

use onpar::prelude::*;

fn main() {
    let _future = scope(async |_| ()).cleanup_budget(tokio::runtime::Handle::current(), Duration::from_secs(1));
}
