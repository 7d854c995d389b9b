//! A call that blocks is given to what has no threads for it.

use onpar::prelude::*;

#[derive(Clone)]
struct Mine;

async fn length() -> usize {
    scope(async |s| s.blocking(&Mine, || std::fs::read("/etc/hosts").map_or(0, |bytes| bytes.len())).await.unwrap_or(0)).await
}

fn main() {}
