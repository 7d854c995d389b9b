//! There is no trait whose sibling could be implemented.

use onpar::trait_variant;

struct Service;

#[trait_variant(send = SendService)]
impl Service {
    async fn call(&self) -> u8 {
        1
    }
}

fn main() {}
