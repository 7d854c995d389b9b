//! The local executor is passed where tasks may move between threads. Take `impl SpawnLocal`, or pass another runtime.

use onpar::prelude::*;

fn start(spawner: impl Spawn) {
    drop(spawner.spawn(async {}));
}

fn main() {
    onpar::rt::local::run(async |rt| start(rt));
}
