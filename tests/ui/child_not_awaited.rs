//! The handle of a child is not used. The child runs all the same: `.await` its output, or `drop` the handle.
#![deny(unused_must_use)]

use onpar::prelude::*;

fn main() {
    let _future = scope(async |s| {
        s.spawn(async { 7 });
    });
}
