//! An object cannot have a type with parameters.

use onpar::trait_variant;

#[trait_variant(dyn = DynService)]
trait Service {
    type Part<'a>
    where
        Self: 'a;
    async fn part<'a>(&'a self) -> Self::Part<'a>;
}

fn main() {}
