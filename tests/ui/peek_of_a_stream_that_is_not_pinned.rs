//! What looks at the next item pins the stream, as `next` does.

use onpar::prelude::*;

async fn first(numbers: Vec<u32>) -> Option<u32> {
    let mut numbers = numbers.into_async_iter().peekable();
    numbers.peek().await.copied()
}

fn main() {
    let _first = first(vec![1, 2]);
}
