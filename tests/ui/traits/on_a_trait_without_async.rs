//! A trait without async methods needs no sibling.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    fn call(&self) -> u8;
}

fn main() {}
