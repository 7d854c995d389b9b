//! The closures of streams are async. A plain one, as those of std's `Iterator` are, goes into `sync` or its kin.

use onpar::prelude::*;

fn main() {
    let _doubled = [1, 2].into_async_iter().map(|n| n * 2);
}
