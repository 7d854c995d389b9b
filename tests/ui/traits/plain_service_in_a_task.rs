//! Generic code that spawns names the `Send` sibling.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

fn spawn(_: impl Future<Output = u8> + Send + 'static) {}

fn serve(service: impl Service + Send + Sync + 'static) {
    spawn(async move { service.call().await });
}

fn main() {}
