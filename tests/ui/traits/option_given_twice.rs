//! Which of the two would hold?

use onpar::trait_variant;

#[trait_variant(send = SendService, send = SentService)]
trait Service {
    async fn call(&self) -> u8;
}

fn main() {}
