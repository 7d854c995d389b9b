//! An argument of any type makes a method generic.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    async fn call(&self, request: impl Into<u8>) -> u8;
}

fn main() {}
