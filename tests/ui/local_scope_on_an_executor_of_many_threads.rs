//! A local scope is awaited in a task that may move between threads. Use `scope`, or spawn the task on this thread.

use onpar::prelude::*;

fn start(runtime: impl Spawn) {
    let _task = runtime.spawn(async {
        local_scope(async |_| ()).await;
    });
}

fn main() {
    start(onpar::rt::tokio_1::Tokio::current().unwrap());
}
