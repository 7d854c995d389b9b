//! A closure that gives a plain value is for `for_each`.

use onpar::prelude::*;

fn main() {
    let _ended = [1, 2].into_async_iter().try_for_each(async |n| drop(n));
}
