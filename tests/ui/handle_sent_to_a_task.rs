//! The handle of a scope goes into a task, which may outlive the scope. Use it in the body.

use onpar::prelude::*;

fn start(runtime: impl Spawn) {
    let _scope = scope(async |s| {
        let _task = runtime.spawn(async move { s.settled().await });
    });
}

fn main() {
    start(onpar::rt::tokio_1::Tokio::current().unwrap());
}
