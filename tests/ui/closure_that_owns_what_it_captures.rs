//! A closure that owns what it captures lends it to each call: `map_mut`, or as a state, `map_with`.

use onpar::prelude::*;

fn main() {
    let text = String::from("text");
    let _lengths = [1, 2].into_async_iter().map(async move |n| n + text.len());
}
