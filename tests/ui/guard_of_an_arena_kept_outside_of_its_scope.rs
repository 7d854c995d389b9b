//! A guard is kept in a variable outside of its scope. It lives as long as the scope's body: hold it in there.

use std::pin::pin;

use onpar::Arena;
use onpar::prelude::*;

fn main() {
    let arena = pin!(Arena::<512>::new());
    let mut kept = None;
    let _future = scope_in(arena, async |s| kept = s.defer(7, async |_| ()).ok());
    drop(kept);
}
