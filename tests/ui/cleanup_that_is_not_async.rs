//! A cleanup is a closure that returns no future. Write `async |value| ..`.

use onpar::prelude::*;

fn main() {
    let _guard = defer(7, |number| println!("{number}"));
}
