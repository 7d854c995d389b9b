//! A race over an empty array would never end. Where there may be nobody, race a `Vec`, which gives an `Option`.

use onpar::prelude::*;

fn main() {
    let nobody: [std::future::Ready<u8>; 0] = [];
    let _future = race(nobody);
}
