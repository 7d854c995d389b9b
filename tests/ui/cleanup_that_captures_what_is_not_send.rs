//! A cleanup captures something that is not `Send`. Use `local_defer` in a `local_scope`.

use std::rc::Rc;

use onpar::prelude::*;

fn main() {
    let shared = Rc::new(7);
    let _guard = defer(7, async move |_| drop(shared));
}
