//! A child of a scope that may fail borrows a local of the body. Make the local outside, or a nested scope in the body.

use onpar::prelude::*;

async fn parse(words: &str) -> Result<u32, std::num::ParseIntError> {
    words.parse()
}

fn main() {
    let _future = try_scope(async |s| {
        let words = String::from("one two");
        let child = s.spawn(parse(&words));
        Ok(child.await)
    });
}
