//! Without a heap, a future has to fit into the call.

use onpar::trait_variant;

#[trait_variant(dyn = DynService, inline = 64)]
trait Service {
    async fn call(&self) -> u8;
}

struct Echo;

impl Service for Echo {
    async fn call(&self) -> u8 {
        let held = [1; 500];
        std::future::ready(()).await;
        held[7]
    }
}

fn main() {
    let service: &DynService<'_> = &Echo;
    let _ = service.call();
}
