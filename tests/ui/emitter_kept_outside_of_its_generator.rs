//! The handle of a generator cannot leave it.

use onpar::prelude::*;

fn main() {
    let mut kept = None;
    let _numbers = stream(async |y: onpar::iter::generator::Emitter<'_, u32>| kept = Some(y));
}
