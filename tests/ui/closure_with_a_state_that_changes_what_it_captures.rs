//! A closure that is lent a state captures by reference only: whatever it changes goes into the state.

use onpar::prelude::*;

fn main() {
    let mut sum = 0;
    let _counted = [1, 2].into_async_iter().map_with(0, async |calls, n| {
        *calls += 1;
        sum += n;
    });
}
