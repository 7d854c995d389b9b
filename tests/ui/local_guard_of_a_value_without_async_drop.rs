//! The type of a local guard's value does not implement `LocalAsyncDrop`. Implement it, or use `local_defer`.

use onpar::prelude::*;

struct Window;

fn main() {
    let _guard = local_guard(Window);
}
