//! A trait object finds its methods by `self`.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    async fn call(&self) -> u8;
    async fn connect(to: &str) -> u8;
}

fn main() {}
