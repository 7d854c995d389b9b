//! A stream with an async closure in it may borrow from itself: pin it before `next`.

use onpar::prelude::*;

async fn first(numbers: Vec<u32>) -> Option<u32> {
    let mut even = numbers.into_async_iter().filter(async |n| n % 2 == 0);
    even.next().await
}

fn main() {
    let _first = first(vec![1, 2]);
}
