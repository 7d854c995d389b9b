//! The body of a scope is a closure that returns no future. Write `async |_| {..}`.

use onpar::prelude::*;

fn main() {
    let _future = scope(|_| 42);
}
