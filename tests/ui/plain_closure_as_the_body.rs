//! The body of a scope is a closure that returns a future. Write `async |s| {..}` instead of `|s| async move {..}`.

use onpar::prelude::*;

fn main() {
    let _future = scope(|s| async move { s.settled().await });
}
