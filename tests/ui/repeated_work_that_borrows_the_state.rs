//! The futures of `repeat` run while handlers have the state, so they cannot borrow from it. Take out what they need first:
//! `|rows| rows.pop().map(|row| async move { .. })`; or lend them a resource of their own by `repeat_with`.

use onpar::prelude::*;

async fn serve(mut rows: Vec<u32>) {
    events(&mut rows).repeat(|rows| Some(async move { rows.pop() }), async |_, _| ()).await;
}

fn main() {}
