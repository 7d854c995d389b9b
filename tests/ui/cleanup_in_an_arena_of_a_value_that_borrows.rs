//! The value of a guard borrows. Its cleanup may outlive what it borrows: guard something that is owned.

use std::pin::pin;

use onpar::Arena;
use onpar::prelude::*;

fn main() {
    let word = String::from("borrowed");
    let arena = pin!(Arena::<512>::new());
    let _future = scope_in(arena, async |s| {
        drop(s.defer(&word, async |_| ()));
    });
}
