//! A proof would have to be one for all types at once.

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
    serve(Service!(Echo));
}

fn main() {}
