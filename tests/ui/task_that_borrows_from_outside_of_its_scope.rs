//! A task of a runtime borrows from outside of the scope, and may outlive it all. Move a clone in; or a child, `s.spawn(..)`, borrows.

use onpar::prelude::*;

async fn total(runtime: &impl Spawn) -> usize {
    let words = vec!["borrowed"];
    scope(async |s| {
        let task = s.spawn_on(runtime, async { words.len() });
        task.await.unwrap_or(0)
    })
    .await
}

fn main() {}
