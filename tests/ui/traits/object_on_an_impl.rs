//! Objects are made where the trait is.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

#[trait_variant(send = SendService, dyn = DynService)]
impl Service for u8 {
    async fn call(&self) -> u8 {
        *self
    }
}

fn main() {}
