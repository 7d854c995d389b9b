//! A shared reference cannot lend what is to be changed.

use onpar::trait_variant;

#[trait_variant(send = SendService, forward(&))]
trait Service {
    async fn call(&mut self) -> u8;
}

fn main() {}
