//! Both traits have `filter`: import one of them, and call the other's methods by path.

use futures::StreamExt;
use onpar::prelude::*;

fn main() {
    let _few = [1, 2].into_async_iter().filter(async |n| *n > 1);
}
