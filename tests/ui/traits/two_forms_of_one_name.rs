//! Two forms are two items.

use onpar::trait_variant;

#[trait_variant(send = SendService, dyn = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

fn main() {}
