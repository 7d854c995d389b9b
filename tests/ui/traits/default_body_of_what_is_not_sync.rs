//! A default body holds `&self`, so on the `Send` side `Self` has to be `Sync`.

use onpar::trait_variant;

use std::cell::Cell;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
    async fn twice(&self) -> u8 {
        self.call().await + self.call().await
    }
}

struct Echo(Cell<u8>);

impl Service for Echo {
    async fn call(&self) -> u8 {
        1
    }
}

async fn serve(service: impl SendService) -> u8 {
    service.twice().await
}

fn main() {}
