//! Something that cannot start tasks on this thread is passed as a local spawner. Pass the local executor.

use onpar::prelude::*;

fn start(spawner: impl SpawnLocal) {
    drop(spawner.spawn_local(async {}));
}

fn main() {
    start(onpar::rt::tokio_1::Tokio::current().unwrap());
}
