//! The attribute sees what is written, and not what a macro will make of it.

use onpar::trait_variant;

macro_rules! name {
    () => {
        fn name(&self) -> String;
    };
}

#[trait_variant(send = SendService)]
trait Service {
    async fn call(&self) -> u8;
    name!();
}

fn main() {}
