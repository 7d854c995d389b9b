//! A limit of zero would let nothing pass.

use onpar::prelude::*;

fn main() {
    let _pipeline = [1, 2].into_async_iter().concurrent(limit!(0));
}
