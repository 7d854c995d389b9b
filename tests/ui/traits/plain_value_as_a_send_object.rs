//! What implements the plain trait alone is no object of the `Send` sibling.

use onpar::trait_variant;

#[trait_variant(send = SendService, dyn_send = DynSendService)]
trait Service {
    async fn call(&self) -> u8;
}

struct Echo;

impl Service for Echo {
    async fn call(&self) -> u8 {
        1
    }
}

fn routes() -> Vec<Box<DynSendService<'static>>> {
    vec![Box::new(Echo)]
}

fn main() {}
