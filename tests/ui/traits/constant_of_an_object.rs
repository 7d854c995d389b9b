//! Which constant it is depends on what is in the object.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    const LIMIT: usize;
    async fn call(&self) -> u8;
}

fn main() {}
