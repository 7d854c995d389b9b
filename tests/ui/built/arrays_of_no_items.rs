//! Arrays of no items would come without end: ask for one item at least.

use onpar::prelude::*;

fn main() {
    let _arrays = [1, 2].into_async_iter().array_chunks::<0>();
}
