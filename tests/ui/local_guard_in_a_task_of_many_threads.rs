//! A task that may move between threads holds a local guard. Use `defer`, or spawn the task on this thread.

use onpar::prelude::*;

fn start(runtime: impl Spawn) {
    let _task = runtime.spawn(async {
        let _guard = local_defer(7, async |_| ());
        std::future::ready(()).await;
    });
}

fn main() {
    start(onpar::rt::tokio_1::Tokio::current().unwrap());
}
