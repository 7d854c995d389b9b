//! A guard of an inner scope is what its body gives. It lives as long as the inner scope: make it by the handle of the outer one.

use std::pin::pin;

use onpar::Arena;
use onpar::prelude::*;

fn main() {
    let arena = pin!(Arena::<512>::new());
    let _future = scope_in(arena, async |outer| {
        let _inner = outer.scope(async |inner| inner.defer(7, async |_| ()).ok());
    });
}
