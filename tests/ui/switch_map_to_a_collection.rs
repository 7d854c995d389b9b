//! What is switched to is a stream, not a collection.

use onpar::prelude::*;

fn main() {
    let _switched = (0..3).into_async_iter().switch_map(async |n| vec![n]);
}
