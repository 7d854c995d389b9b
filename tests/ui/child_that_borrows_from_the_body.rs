//! A child borrows a local of the body, which may end first. Make the local outside, or a nested scope in the body.

use onpar::prelude::*;

fn main() {
    let _future = scope(async |s| {
        let words = String::from("one two");
        let child = s.spawn(async { words.len() });
        child.await
    });
}
