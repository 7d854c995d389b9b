//! The attribute is about traits.

use onpar::trait_variant;

#[trait_variant(send = SendService)]
struct Service;

fn main() {}
