//! The sibling stands beside the trait.

use onpar::trait_variant;

#[trait_variant(send = other::SendService)]
trait Service {
    async fn call(&self) -> u8;
}

fn main() {}
