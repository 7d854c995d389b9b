//! Each reader gets an item of its own.

use onpar::iter::share::Wait;
use onpar::prelude::*;

struct Frame;

fn main() {
    let _shared = [Frame].into_async_iter().share(limit!(16), Wait);
}
