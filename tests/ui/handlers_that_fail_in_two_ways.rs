//! Handlers of one loop fail with one type of error, as the branches of one function do.

use std::fmt;
use std::io;

use onpar::prelude::*;

async fn serve(mut rows: Vec<u32>) {
    let served = events(&mut rows)
        .once(async { 7 }, async |_, _| Err::<(), _>(io::Error::other("first")))
        .once(async { 7 }, async |_, _| Err::<(), _>(fmt::Error))
        .await;
    drop(served);
}

fn main() {}
