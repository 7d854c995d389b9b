//! What is joined is no future, or the futures are not in a tuple. Write `join((a(), b()))`.

use onpar::prelude::*;

async fn a() {}

fn main() {
    let _future = join(a());
    let _future = join((a, a()));
    let _future = try_join((a(), async { Ok::<_, ()>(()) }));
}
