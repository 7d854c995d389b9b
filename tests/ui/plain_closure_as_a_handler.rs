//! The handler is a closure that returns a future. Write `async |state, item| ..` instead of `|state, item| async move ..`.

use onpar::prelude::*;

async fn serve(mut rows: Vec<u32>) {
    events(&mut rows).once(async { 7 }, |rows, row| async move { rows.push(row) }).await;
}

fn main() {}
