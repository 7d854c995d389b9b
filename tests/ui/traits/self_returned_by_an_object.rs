//! Behind an object, nobody knows what `Self` is.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    async fn copy(&self) -> Option<Self>
    where
        Self: Clone;
}

fn main() {}
