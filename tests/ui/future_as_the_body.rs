//! The body of a scope is a future. Write `scope(async |_| future.await)`.

use onpar::prelude::*;

fn main() {
    let _future = scope(async { 42 });
}
