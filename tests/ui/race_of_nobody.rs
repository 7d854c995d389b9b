//! A race over nobody would never end. A race over a `Vec` gives an `Option`.

use onpar::prelude::*;

fn main() {
    let _future = race(());
    let _future = race_ok(());
}
