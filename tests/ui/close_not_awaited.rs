//! A guard's close is not awaited. Write `guard.close().await`.
#![deny(unused_must_use)]

use onpar::prelude::*;

fn main() {
    let guard = defer(7, async |_| ());
    guard.close();
}
