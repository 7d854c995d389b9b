//! The cleanup budget of a scope that may move between threads gets a clock that may not. Pass `rt.clock()`.

use std::time::Duration;

use onpar::prelude::*;

fn main() {
    onpar::rt::local::run(async |rt| {
        scope(async |_| ()).cleanup_budget(rt.clone(), Duration::from_secs(1)).await;
    });
}
