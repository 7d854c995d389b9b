//! An object can forget all but one trait.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    async fn call(&self) -> u8;
    fn parts(&self) -> impl AsRef<str> + Clone;
}

fn main() {}
