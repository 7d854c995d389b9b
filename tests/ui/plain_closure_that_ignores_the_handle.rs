//! The body of a scope is a closure that returns a future. Write `async |_| {..}` instead of `|_| async {..}`.

use onpar::prelude::*;

fn main() {
    let _future = scope(|_| async { 42 });
}
