//! The error names the method, and points to the `.await` that stands in the way.

use onpar::trait_variant;

use std::rc::Rc;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

struct Echo;

impl Service for Echo {
    async fn call(&self) -> u8 {
        let held = Rc::new(1);
        std::future::ready(()).await;
        *held
    }
}

fn serve(_: impl SendService) {}

fn start() {
    serve(Service!(Echo));
}

fn main() {}
