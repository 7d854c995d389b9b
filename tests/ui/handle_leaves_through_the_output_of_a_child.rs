//! A child gives out the handle of its scope. It lives as long as the scope: let the child spawn what it wants to.

use onpar::prelude::*;

fn main() {
    let _future = scope(async |s| s.spawn(async move { s }).await);
}
