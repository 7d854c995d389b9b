//! A closure that is lent an item has a reference to it in its future: what moves between threads then asks for `Sync`.

use onpar::iter::Stream;
use onpar::prelude::*;

fn known<'x, S, T>(names: S) -> impl Stream<Item = T> + Send + use<'x, S, T>
where
    S: Stream<Item = T> + Send,
    T: Send + 'x,
{
    names.filter(async |_| true)
}

fn main() {
    let _names = known(["a"].into_async_iter());
}
