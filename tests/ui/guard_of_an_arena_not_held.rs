//! A guard is dropped, and its value cleaned up, where it was made. Hold it: `let guard = ..`.
#![deny(unused_must_use)]

use std::pin::pin;

use onpar::Arena;
use onpar::prelude::*;

fn main() {
    let arena = pin!(Arena::<512>::new());
    let _future = scope_in(arena, async |s| {
        s.defer(7, async |_| ()).unwrap();
    });
}
