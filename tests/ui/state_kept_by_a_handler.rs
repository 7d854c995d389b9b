//! A handler has the state for as long as it runs, and cannot keep it.

use std::cell::Cell;

use onpar::prelude::*;

async fn serve(mut rows: Vec<u32>) {
    let kept = Cell::new(None);
    events(&mut rows).once(async { 7 }, async |rows, _| kept.set(Some(rows))).await;
}

fn main() {}
