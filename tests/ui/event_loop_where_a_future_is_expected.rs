//! An event loop is put together until it is awaited; what takes a future gets it by `.run()`.

use core::time::Duration;
use onpar::{Clock, prelude::*};

fn beside(rows: &mut Vec<u32>) {
    let _future = join((events(rows).once(async { 7 }, async |rows, row| rows.push(row)), async {}));
}

fn for_so_long(clock: impl Clock, rows: &mut Vec<u32>) {
    let _future = timeout(clock, Duration::from_secs(1), events(rows).once(async { 7 }, async |rows, row| rows.push(row)));
}

fn main() {}
