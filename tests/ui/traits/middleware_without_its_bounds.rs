//! The bounds of the `Send` side stand in the attribute.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
trait Service<R> {
    async fn call(&self, request: R) -> u8;
}

struct Log<S>(S);

#[trait_variant(send = SendService)]
impl<R, S: Service<R>> Service<R> for Log<S> {
    async fn call(&self, request: R) -> u8 {
        self.0.call(request).await
    }
}

fn main() {}
