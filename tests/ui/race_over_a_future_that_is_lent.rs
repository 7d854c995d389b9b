//! A future that is lent to a race, and used afterwards, lies there unpolled while the race goes on with its cleanups, and
//! after it has lost: with a lock, perhaps, that everyone waits for. Give it away; or spawn it, and let its handle race.

use std::pin::pin;

use onpar::prelude::*;

async fn lock() {}

async fn futurelock(sleep: impl Future<Output = ()>) {
    let mut first = pin!(lock());
    race((first.as_mut(), sleep)).await;
    lock().await;
}

async fn futurelock_of_many() {
    let mut locks = [Box::pin(lock()), Box::pin(lock())];
    race_all(&mut locks).await;
}

fn main() {}
