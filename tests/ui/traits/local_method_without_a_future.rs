//! Only a future can stay on its thread.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
    #[trait_variant(local)]
    fn name(&self) -> String;
}

fn main() {}
