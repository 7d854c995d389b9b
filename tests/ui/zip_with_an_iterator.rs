//! Where std takes an iterator, a stream is taken: `numbers.into_async_iter()`.

use onpar::prelude::*;

fn main() {
    let _pairs = ["a", "b"].into_async_iter().zip(0..2);
}
