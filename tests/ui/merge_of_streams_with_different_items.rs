//! The streams of a merge have items of one type: `map` them to one first.

use onpar::prelude::*;

fn main() {
    let _merged = merge(([1, 2].into_async_iter(), ["a"].into_async_iter()));
}
