//! A trait object that is taken by value is in a `Box`, and one that many have is in an `Arc`: it cannot be in both.

use std::sync::Arc;

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    async fn end(self) -> u8;
    async fn shared(self: Arc<Self>) -> u8;
}

fn main() {}
