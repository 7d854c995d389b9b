//! A child's handle leaves its scope, which has waited for the child. Await it in the body, and return its output.

use onpar::prelude::*;

fn main() {
    let _future = scope(async |s| s.spawn(async { 7 }));
}
