//! What is flattened is streams, not collections.

use onpar::prelude::*;

fn main() {
    let _flat = [vec![1], vec![2]].into_async_iter().flatten_concurrent(limit!(2));
}
