//! What borrows for two lifetimes needs a name for what they have in common.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    async fn call(&self) -> u8;
    fn parts(&self, of: &str) -> impl Iterator<Item = u8>;
}

fn main() {}
