//! A local scope's future is spawned on a runtime of many threads. Use `scope`, or a local spawner.

use onpar::prelude::*;

fn start(runtime: impl Spawn) {
    let _task = runtime.spawn(local_scope(async |_| ()));
}

fn main() {
    start(onpar::rt::tokio_1::Tokio::current().unwrap());
}
