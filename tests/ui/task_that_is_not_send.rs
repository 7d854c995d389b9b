//! A task of a runtime may move between threads, so what it holds is `Send`. What is not belongs to a child of a `local_scope`.

use onpar::prelude::*;
use std::rc::Rc;

async fn length(runtime: &impl Spawn) -> usize {
    local_scope(async |s| {
        let words = Rc::new(String::from("not Send"));
        let task = s.spawn_on(runtime, async move { words.len() });
        task.await.unwrap_or(0)
    })
    .await
}

fn main() {}
