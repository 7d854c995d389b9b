//! rustc's own error, at the `impl`: it points to the `.await`.

use onpar::trait_variant;

use std::rc::Rc;

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
}

struct Echo;

#[trait_variant(send = SendService)]
impl Service for Echo {
    async fn call(&self) -> u8 {
        let held = Rc::new(1);
        std::future::ready(()).await;
        *held
    }
}

fn main() {}
