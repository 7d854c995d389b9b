//! The options are few, and the error names them.

use onpar::trait_variant;

#[trait_variant(sent = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

fn main() {}
