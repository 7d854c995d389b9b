//! An `Rc` never goes to another thread.

use onpar::trait_variant;

use std::rc::Rc;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(self: Rc<Self>) -> u8;
}

fn main() {}
