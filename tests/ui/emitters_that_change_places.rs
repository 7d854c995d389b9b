//! The emitter of a generator stays within it: the one of another generator cannot take its place.

use onpar::prelude::*;

fn main() {
    let _outer = stream(async |mut y| {
        y.emit(1).await;
        let _inner = stream(async |mut z| {
            std::mem::swap(&mut y, &mut z);
            z.emit(2).await;
        });
    });
}
