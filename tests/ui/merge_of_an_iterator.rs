//! The streams of an iterator are merged by `merge_all`.

use onpar::prelude::*;

fn main() {
    let _merged = merge((0..3).map(|n| (0..n).into_async_iter()));
}
