//! A closure that is lent a state captures by reference only: whatever it changes goes into the state.

use onpar::prelude::*;

fn main() {
    let (mut calls, mut sum) = (0, 0);
    let _counted = [1, 2].into_async_iter().map_with(&mut calls, async |calls, n| {
        *calls += 1;
        sum += n;
    });
}
