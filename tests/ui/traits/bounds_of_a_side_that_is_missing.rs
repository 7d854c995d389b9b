//! Bounds of the `Send` side need one.

use onpar::trait_variant;

#[trait_variant(dyn = DynService, where(R: Send))]
trait Service<R> {
    async fn call(&self, request: R) -> u8;
}

fn main() {}
