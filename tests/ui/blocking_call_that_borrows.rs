//! A call that blocks borrows. Nobody can stop it when its scope is dropped, so it takes what it owns: move a clone in.

use onpar::prelude::*;

async fn length(runtime: &impl Blocking, path: String) -> usize {
    scope(async move |s| {
        let borrowed = &path;
        let call = s.blocking(runtime, move || borrowed.len());
        call.await.unwrap_or(0)
    })
    .await
}

fn main() {}
