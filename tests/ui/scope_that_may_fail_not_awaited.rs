//! A scope that may fail is made, and not awaited. Write `try_scope(..).await`.
#![deny(unused_must_use)]

use onpar::prelude::*;

fn main() {
    try_scope(async |s| Ok::<u32, String>(s.spawn(async { Ok(7) }).await));
}
