//! A form is an item beside the trait.

use onpar::trait_variant;

#[trait_variant(send = Service)]
trait Service {
    async fn call(&self) -> u8;
}

fn main() {}
