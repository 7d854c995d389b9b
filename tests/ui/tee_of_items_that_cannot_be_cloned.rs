//! Both halves of `tee` have every item, so it is cloned.

use onpar::prelude::*;

struct Connection;

fn main() {
    let (_left, _right) = [Connection].into_async_iter().tee(limit!(1));
}
