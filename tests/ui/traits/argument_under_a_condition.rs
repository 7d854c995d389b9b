//! A call cannot leave an argument out.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self, #[cfg(windows)] drive: char) -> u8;
}

fn main() {}
