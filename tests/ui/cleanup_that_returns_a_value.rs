//! A cleanup returns a value. It returns nothing, or a `Result<(), E>`.

use onpar::prelude::*;

fn main() {
    let _guard = defer(7, async |number| number + 1);
}
