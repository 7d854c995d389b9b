//! A program of the browser: tasks, timers, scopes and streams in the event loop of JavaScript. See `tests/`.
#![forbid(unsafe_code)]

use core::time::Duration;
use std::cell::RefCell;

use onpar::iter::interval;
use onpar::prelude::*;
use onpar::rt::wasm_bindgen_0_2::Wasm;

/// Loads until it takes too long, and cleans up what it was at. Gives what happened, in order.
pub async fn load() -> Vec<&'static str> {
    let said = RefCell::new(Vec::new());
    let loading = async {
        let _open = local_defer((), async |()| Wasm.sleep(Duration::from_millis(2)).await);
        said.borrow_mut().push("loading");
        local_scope(async |s| {
            drop(s.spawn(async {
                Wasm.sleep(Duration::from_millis(1)).await;
                said.borrow_mut().push("a child ran beside");
            }));
            Wasm.sleep(Duration::from_hours(1)).await;
        })
        .await;
    };
    if local_timeout(&Wasm, Duration::from_millis(20), loading).await.is_err() {
        said.borrow_mut().push("too late");
    }
    for_await!(_ in interval(&Wasm, Duration::from_millis(1)).take(2) {
        said.borrow_mut().push("tick");
    });
    said.into_inner()
}
