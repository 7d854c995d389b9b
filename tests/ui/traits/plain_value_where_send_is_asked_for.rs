//! What implements the plain trait alone has to be proved to be one of the `Send` sibling.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

struct Echo;

impl Service for Echo {
    async fn call(&self) -> u8 {
        1
    }
}

fn serve(_: impl SendService) {}

fn start() {
    serve(Echo);
}

fn main() {}
