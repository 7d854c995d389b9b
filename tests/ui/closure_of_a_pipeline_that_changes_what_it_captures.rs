//! The closure of a pipeline is called for many items at once: what they change together is behind a lock, or in a `Cell`.

use onpar::prelude::*;

fn main() {
    let mut calls = 0;
    let _counted = [1, 2].into_async_iter().concurrent(limit!(2)).map(async |n| {
        calls += 1;
        n + calls
    });
}
