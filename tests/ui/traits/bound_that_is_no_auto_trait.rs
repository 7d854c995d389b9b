//! A future cannot be asked to implement just any trait.

use onpar::trait_variant;

#[trait_variant(send = SendService: Send + Clone)]
trait Service {
    async fn call(&self) -> u8;
}

fn main() {}
