//! An event loop does nothing until it is awaited.
#![deny(unused_must_use)]

use onpar::prelude::*;

fn main() {
    let mut rows = vec![1];
    events(&mut rows).once(async { 7 }, async |rows, row| rows.push(row));
}
