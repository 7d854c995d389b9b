//! A collection of one's own is filled by `extend_into`, or implements `FromStream`.

use onpar::prelude::*;

#[derive(Default)]
struct Bag;

impl Extend<u32> for Bag {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, _items: I) {}
}

fn main() {
    let _bag = [1].into_async_iter().collect::<Bag>();
}
