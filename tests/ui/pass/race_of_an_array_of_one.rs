//! The smallest array that can race.

use onpar::prelude::*;

fn main() {
    let _future = race([std::future::ready(1_u8)]);
}
