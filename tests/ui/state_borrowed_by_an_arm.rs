//! The state of an event loop belongs to its handlers: an arm that needs it, too, is two owners. Give the arm what is its
//! own, or make its future of the state with `repeat`.

use onpar::prelude::*;

async fn load(rows: &mut Vec<u32>) -> usize {
    rows.len()
}

async fn serve(mut rows: Vec<u32>) {
    events(&mut rows).once(load(&mut rows), async |_rows, _loaded| ()).await;
}

fn main() {}
