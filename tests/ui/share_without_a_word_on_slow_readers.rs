//! Whoever shares a stream says what happens to readers that are slow.

use onpar::prelude::*;

fn main() {
    let _shared = (0..3).into_async_iter().share(limit!(16));
    let _shared = (0..3).into_async_iter().share(limit!(16), 2);
}
