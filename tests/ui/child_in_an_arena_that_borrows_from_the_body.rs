//! A child borrows what the body of its scope owns. Spawn it in a scope within the body: `s.scope(async |s| ..)`.

use std::pin::pin;

use onpar::Arena;
use onpar::prelude::*;

fn main() {
    let arena = pin!(Arena::<512>::new());
    let _future = scope_in(arena, async |s| {
        let local = 7;
        drop(s.spawn(async { local + 1 }));
    });
}
