//! Both siblings are implemented, so the other one has to be named.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

#[trait_variant()]
impl Service for u8 {
    async fn call(&self) -> u8 {
        *self
    }
}

fn main() {}
