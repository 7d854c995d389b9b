//! A cleanup holds something that is not `Send` over an `.await`. Use `local_defer` in a `local_scope`.

use std::rc::Rc;

use onpar::prelude::*;

fn main() {
    let _guard = defer(7, async |_| {
        let shared = Rc::new(7);
        std::future::ready(()).await;
        drop(shared);
    });
}
