//! An item is given as often as another stream gives one.

use onpar::iter::combine_latest;
use onpar::prelude::*;

struct Frame;

fn main() {
    let (frames, more) = ([Frame].into_async_iter(), [Frame].into_async_iter());
    let _latest = combine_latest((frames, more));
    let _latest = [1].into_async_iter().with_latest_from([Frame].into_async_iter());
}
