//! Both traits have `map_ok`: import one of them, and call the other's methods by path.

use futures::TryStreamExt;
use onpar::prelude::*;

fn main() {
    let _sizes = [Ok("a"), Err(1)].into_async_iter().map_ok(async |text| text.len());
}
