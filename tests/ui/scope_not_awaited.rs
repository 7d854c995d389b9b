//! A scope is made, and not awaited. Write `scope(..).await`.
#![deny(unused_must_use)]

use onpar::prelude::*;

fn main() {
    scope(async |_| ());
}
