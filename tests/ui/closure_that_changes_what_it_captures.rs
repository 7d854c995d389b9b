//! A closure that changes what it captures goes to `map_mut`, or takes it as a state with `map_with`.

use onpar::prelude::*;

fn main() {
    let mut calls = 0;
    let _counted = [1, 2].into_async_iter().map(async |n| {
        calls += 1;
        n + calls
    });
}
