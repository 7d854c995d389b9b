//! An object has no size.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service: Sized {
    async fn call(&self) -> u8;
}

fn main() {}
