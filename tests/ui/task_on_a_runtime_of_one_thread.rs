//! The local executor has one thread, so nothing runs in parallel on it: `s.spawn(..)` starts a child there.

use onpar::prelude::*;

fn main() {
    onpar::rt::local::run(async |rt| {
        scope(async |s| {
            let task = s.spawn_on(&rt, async { 7 });
            task.await.unwrap_or(0)
        })
        .await
    });
}
