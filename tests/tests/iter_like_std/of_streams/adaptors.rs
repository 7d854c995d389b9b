//! The rows of the adaptors.

use core::future;

use onpar_iter::share::Wait;
use onpar_iter::{AsyncIterator as _, AsyncStreamExt as _, IntoAsyncIterator as _, Iter, empty, limit, once, sync};

use crate::table::{Adaptor, adaptor as row};
use crate::world::Later;

/// An iterator that knows nothing of how many items are left.
fn unhinted<I: Iterator>(mut items: I) -> impl Iterator<Item = I::Item> {
    core::iter::from_fn(move || items.next())
}

fn numbers(n: i32) -> Iter<core::ops::Range<i32>> {
    (0..n.rem_euclid(3)).into_async_iter()
}

pub(crate) const ALL: &[Adaptor] = &[
    row! {
        |w| w.left();
        "merge": Later(w.left()).merge(empty());
        local
    },
    row! {
        |w| unhinted(w.left());
        "race": Later(w.left()).race(empty());
        local
    },
    row! {
        |w| unhinted(w.left());
        "take_until": Later(w.left()).take_until(future::pending::<()>());
        local
    },
    row! {
        |w| unhinted(w.left());
        // What is in one chunk depends on what is there.
        "ready_chunks": Later(w.left()).ready_chunks(limit!(3)).flat_map(sync(|chunk: Vec<i32>| chunk.into_async_iter()));
        local
    },
    row! {
        |w| unhinted(w.left());
        "share": Later(w.left()).share(limit!(2), Wait).subscribe();
        local
    },
    row! {
        |w| unhinted(w.left().flat_map(|n| 0..n.rem_euclid(3)));
        "flatten_concurrent": Later(w.left()).map(sync(numbers)).flatten_concurrent(limit!(1));
        local
    },
    row! {
        |w| unhinted(w.left().flat_map(|n| { w.saw([n]); 0..n.rem_euclid(3) }));
        "flat_map_concurrent": Later(w.left()).flat_map_concurrent(limit!(1), async move |n| { w.saw_later([n]).await; numbers(n) });
        "flat_map_concurrent_with": Later(w.left()).flat_map_concurrent_with(limit!(1), 0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; numbers(n) });
        local "flat_map_concurrent_mut": { let mut calls = 0; Later(w.left()).flat_map_concurrent_mut(limit!(1), async move |n| { w.counted(&mut calls, [n]).await; numbers(n) }) };
    },
    row! {
        // A later item would take the place of this one whenever it comes.
        |w| unhinted(w.left().take(1).flat_map(|n| { w.saw([n]); 0..n.rem_euclid(3) }));
        "switch_map": Later(w.left()).take(1).switch_map(async move |n| { w.saw_later([n]).await; numbers(n) });
        "switch_map_with": Later(w.left()).take(1).switch_map_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; numbers(n) });
        local "switch_map_mut": { let mut calls = 0; Later(w.left()).take(1).switch_map_mut(async move |n| { w.counted(&mut calls, [n]).await; numbers(n) }) };
    },
    row! {
        |w| unhinted(w.left().map(|n| (n, 7)));
        "combine_latest": Later(w.left()).combine_latest(once(7));
        local
    },
    row! {
        |w| unhinted(w.left().map(|n| (n, 7)));
        "with_latest_from": Later(w.left()).with_latest_from(once(7));
        local
    },
];
