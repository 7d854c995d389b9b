//! Texts are collected, or joined; numbers and durations are added up.

use onpar::prelude::*;

fn main() {
    let _text = ["a", "b"].into_async_iter().sum::<String>();
}
