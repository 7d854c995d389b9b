//! The sibling is implemented through the attribute: `#[trait_variant(send)]`.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

impl SendService for u8 {
    async fn call(&self) -> u8 {
        *self
    }
}

fn main() {}
