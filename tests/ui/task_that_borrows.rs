//! A task of a runtime borrows, and may run on another thread. A child borrows: `s.spawn(..)`; a task takes what it owns.

use onpar::prelude::*;

async fn total(runtime: &impl Spawn, words: Vec<String>) -> usize {
    scope(async move |s| {
        let borrowed = &words;
        let task = s.spawn_on(runtime, async move { borrowed.len() });
        task.await.unwrap_or(0)
    })
    .await
}

fn main() {}
