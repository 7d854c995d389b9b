//! A plain closure that gives a future cannot lend the item to it: write `async |n|`; without `.await`, `sync_ref(|n| ..)`.

use onpar::prelude::*;

fn main() {
    let _few = [1, 2].into_async_iter().filter(|n| async move { *n > 1 });
}
