//! A scope in an arena is given to another thread. It stays on its own: make it there, in an arena that was sent.

use std::pin::pin;

use onpar::Arena;
use onpar::prelude::*;

fn main() {
    fn task(_: impl Future + Send) {}

    let arena = pin!(Arena::<512>::new());
    task(scope_in(arena, async |_| ()));
}
