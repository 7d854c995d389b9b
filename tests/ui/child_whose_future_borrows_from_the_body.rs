//! A child's future borrows a local of the body, which may end first. Make the local outside, or a nested scope in the body.

use onpar::prelude::*;

async fn count(words: &str) -> usize {
    words.len()
}

fn main() {
    let _future = scope(async |s| {
        let words = String::from("one two");
        let child = s.spawn(count(&words));
        child.await
    });
}
