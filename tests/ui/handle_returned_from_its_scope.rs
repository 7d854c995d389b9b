//! The handle of a scope is the value of its body. It lives as long as the scope's body: return something else.

use onpar::prelude::*;

fn main() {
    let _future = scope(async |s| s);
}
