//! The type of a guard's value does not implement `AsyncDrop`. Implement it, or use `defer(value, async |value| ..)`.

use onpar::prelude::*;

struct Connection;

fn main() {
    let _guard = guard(Connection);
}
