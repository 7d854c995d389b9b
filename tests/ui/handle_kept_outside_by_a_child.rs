//! A child stores the handle of its scope in a variable outside. It lives as long as the scope: use it in there.

use onpar::prelude::*;

fn main() {
    let mut kept = None;
    let keep = &mut kept;
    let _future = scope(async |s| s.spawn(async move { *keep = Some(s) }).await);
}
