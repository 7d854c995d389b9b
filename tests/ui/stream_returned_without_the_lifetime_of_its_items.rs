//! A closure that is lent items of a generic type: `T: Sync + 'x`, and `use<'x, S, T>`.

use onpar::iter::Stream;
use onpar::prelude::*;

fn known<S: Stream<Item = T> + Send, T: Send + Sync>(names: S) -> impl Stream<Item = T> + Send {
    names.filter(async |_| true)
}

fn main() {
    let _names = known(["a"].into_async_iter());
}
