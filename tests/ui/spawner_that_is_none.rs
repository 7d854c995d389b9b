//! Something that cannot start tasks is passed as a spawner. Pass that of your runtime.

use onpar::prelude::*;

fn start(spawner: impl Spawn) {
    drop(spawner.spawn(async {}));
}

fn main() {
    start(tokio::runtime::Handle::current());
}
