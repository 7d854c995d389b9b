//! An object of the plain trait stays on its thread.

use onpar::trait_variant;

#[trait_variant(send = SendService, dyn = DynService)]
trait Service {
    async fn call(&self) -> u8;
}

fn spawn(_: impl Future<Output = u8> + Send + 'static) {}

fn serve(service: Box<DynService<'static>>) {
    spawn(async move { service.call().await });
}

fn main() {}
