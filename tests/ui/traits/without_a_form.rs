//! The attribute makes what it is told to make.

use onpar::trait_variant;

#[trait_variant()]
trait Service {
    async fn call(&self) -> u8;
}

fn main() {}
