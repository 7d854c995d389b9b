//! A form is an item like any other.

use onpar::trait_variant;

struct SendService;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

fn main() {}
