//! Two scopes are to be in one arena at the same time. Give each its own, or make one within the other: `s.scope(..)`.

use std::pin::pin;

use onpar::Arena;
use onpar::prelude::*;

fn main() {
    let mut arena = pin!(Arena::<512>::new());
    let first = scope_in(arena.as_mut(), async |_| ());
    let second = scope_in(arena.as_mut(), async |_| ());
    drop((first, second));
}
