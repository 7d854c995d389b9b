//! An object of the `Send` sibling needs one.

use onpar::trait_variant;

#[trait_variant(dyn_send = DynSendService)]
trait Service {
    async fn call(&self) -> u8;
}

fn main() {}
