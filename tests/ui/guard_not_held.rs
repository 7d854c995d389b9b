//! A guard is dropped, and its value cleaned up, where it was made. Hold it: `let guard = ..`.
#![deny(unused_must_use)]

use onpar::prelude::*;

fn main() {
    defer(7, async |_| ());
}
