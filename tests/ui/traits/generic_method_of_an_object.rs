//! A trait object has one function for each method.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    async fn call<R>(&self, request: R) -> u8;
}

fn main() {}
