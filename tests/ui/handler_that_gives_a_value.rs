//! A handler gives nothing, or says whether the loop goes on. What it finds out belongs into the state.

use onpar::prelude::*;

async fn serve(mut rows: Vec<u32>) {
    events(&mut rows).once(async { 7 }, async |rows, _| rows.len()).await;
}

fn main() {}
