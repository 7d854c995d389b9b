//! What the errors about a trait say is decided at the trait.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

struct Echo;

#[trait_variant(send = SendService, plain_errors)]
impl Service for Echo {
    async fn call(&self) -> u8 {
        1
    }
}

fn main() {}
