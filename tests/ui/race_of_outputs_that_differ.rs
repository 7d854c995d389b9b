//! Members of a race have the same output: give each the same type, say an enum.

use onpar::prelude::*;

fn main() {
    let _future = race((async { 1 }, async { "one" }));
    let _future = race_ok((async { Ok::<_, String>(1) }, async { Err::<u32, i32>(2) }));
}
