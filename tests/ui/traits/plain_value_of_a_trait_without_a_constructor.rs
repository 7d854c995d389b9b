//! Where nothing can be proved of a value, the `impl` says it.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    async fn call<R>(&self, request: R) -> u8;
}

struct Echo;

impl Service for Echo {
    async fn call<R>(&self, _: R) -> u8 {
        1
    }
}

fn serve(_: impl SendService) {}

fn start() {
    serve(Echo);
}

fn main() {}
