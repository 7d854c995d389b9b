//! Windows of more than six items are arrays: `map_windows`.

use onpar::prelude::*;

fn main() {
    let _windows = [1, 2].into_async_iter().tuple_windows::<(_, _, _, _, _, _, _)>();
}
