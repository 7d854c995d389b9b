//! The handle of a scope is kept in a variable outside. It lives as long as the scope's body: use it in there.

use onpar::prelude::*;

fn main() {
    let mut kept = None;
    let _future = scope(async |s| kept = Some(s));
    drop(kept);
}
