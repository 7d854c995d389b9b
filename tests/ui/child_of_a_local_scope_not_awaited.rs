//! The handle of a local child is not used. The child runs all the same: `.await` its output, or `drop` the handle.
#![deny(unused_must_use)]

use onpar::prelude::*;

fn main() {
    let _future = local_scope(async |s| {
        s.spawn(async { 7 });
    });
}
