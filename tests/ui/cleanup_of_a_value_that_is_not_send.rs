//! A guard's value is not `Send`. Use `local_defer` in a `local_scope`, or a value that is `Send`.

use std::rc::Rc;

use onpar::prelude::*;

fn main() {
    let _guard = defer(Rc::new(7), async |_| ());
}
