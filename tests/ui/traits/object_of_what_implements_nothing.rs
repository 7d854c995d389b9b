//! An object is made of what implements the trait.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    async fn call(&self) -> u8;
}

struct Echo;

fn object() -> Box<DynService<'static>> {
    Box::new(Echo)
}

fn main() {}
