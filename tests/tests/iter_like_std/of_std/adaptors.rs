//! The rows of the adaptors.
#![expect(
    clippy::cloned_instead_of_copied,
    clippy::iter_skip_zero,
    clippy::map_flatten,
    reason = "a row writes just the method that it is about"
)]

use onpar_iter::{
    AsyncIterator as _, AsyncIteratorMut as _, AsyncIteratorWith as _, IntoAsyncIterator as _, limit, sync,
};

use crate::table::{Adaptor, adaptor as row};
use crate::world::Later;

pub(crate) const ALL: &[Adaptor] = &[
    row! {
        |w| w.left().map(|n| { w.saw([n]); n * 2 });
        "map": Later(w.left()).map(async move |n| { w.saw_later([n]).await; n * 2 });
        "map_with": Later(w.left()).map_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; n * 2 });
        local "map_mut": { let mut calls = 0; Later(w.left()).map_mut(async move |n| { w.counted(&mut calls, [n]).await; n * 2 }) };
    },
    row! {
        |w| w.left().filter(|n| { w.saw([*n]); n % 2 == 0 });
        "filter": Later(w.left()).filter(async move |n| { w.saw_later([*n]).await; n % 2 == 0 });
        "filter_with": Later(w.left()).filter_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 2 == 0 });
        local "filter_mut": { let mut calls = 0; Later(w.left()).filter_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 2 == 0 }) };
    },
    row! {
        |w| w.left().filter_map(|n| { w.saw([n]); (n % 2 == 0).then_some(n * 2) });
        "filter_map": Later(w.left()).filter_map(async move |n| { w.saw_later([n]).await; (n % 2 == 0).then_some(n * 2) });
        "filter_map_with": Later(w.left()).filter_map_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; (n % 2 == 0).then_some(n * 2) });
        local "filter_map_mut": { let mut calls = 0; Later(w.left()).filter_map_mut(async move |n| { w.counted(&mut calls, [n]).await; (n % 2 == 0).then_some(n * 2) }) };
    },
    row! {
        |w| w.left().inspect(|n| { w.saw([*n]); });
        "inspect": Later(w.left()).inspect(async move |n| { w.saw_later([*n]).await; });
        "inspect_with": Later(w.left()).inspect_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; });
        local "inspect_mut": { let mut calls = 0; Later(w.left()).inspect_mut(async move |n| { w.counted(&mut calls, [*n]).await; }) };
    },
    row! {
        |w| w.left().skip_while(|n| { w.saw([*n]); *n < 2 });
        "skip_while": Later(w.left()).skip_while(async move |n| { w.saw_later([*n]).await; *n < 2 });
        "skip_while_with": Later(w.left()).skip_while_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; *n < 2 });
        local "skip_while_mut": { let mut calls = 0; Later(w.left()).skip_while_mut(async move |n| { w.counted(&mut calls, [*n]).await; *n < 2 }) };
    },
    row! {
        |w| w.left().take_while(|n| { w.saw([*n]); *n < 4 });
        "take_while": Later(w.left()).take_while(async move |n| { w.saw_later([*n]).await; *n < 4 });
        "take_while_with": Later(w.left()).take_while_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; *n < 4 });
        local "take_while_mut": { let mut calls = 0; Later(w.left()).take_while_mut(async move |n| { w.counted(&mut calls, [*n]).await; *n < 4 }) };
    },
    row! {
        |w| w.left().map_while(|n| { w.saw([n]); (n < 4).then_some(n * 2) });
        "map_while": Later(w.left()).map_while(async move |n| { w.saw_later([n]).await; (n < 4).then_some(n * 2) });
        "map_while_with": Later(w.left()).map_while_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; (n < 4).then_some(n * 2) });
        local "map_while_mut": { let mut calls = 0; Later(w.left()).map_while_mut(async move |n| { w.counted(&mut calls, [n]).await; (n < 4).then_some(n * 2) }) };
    },
    row! {
        |w| w.left().scan(1, |state: &mut i32, n| { w.saw([*state, n]); { *state += n; (*state < 9).then_some(*state) } });
        "scan": Later(w.left()).scan(1, async move |state: &mut i32, n| { w.saw_later([*state, n]).await; { *state += n; (*state < 9).then_some(*state) } });
        local "scan_mut": { let mut calls = 0; Later(w.left()).scan_mut(1, async move |state: &mut i32, n| { w.counted(&mut calls, [*state, n]).await; { *state += n; (*state < 9).then_some(*state) } }) };
    },
    row! {
        |w| w.left().flat_map(|n| { w.saw([n]); 0..n.rem_euclid(3) });
        "flat_map": Later(w.left()).flat_map(async move |n| { w.saw_later([n]).await; (0..n.rem_euclid(3)).into_async_iter() });
        "flat_map_with": Later(w.left()).flat_map_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; (0..n.rem_euclid(3)).into_async_iter() });
        local "flat_map_mut": { let mut calls = 0; Later(w.left()).flat_map_mut(async move |n| { w.counted(&mut calls, [n]).await; (0..n.rem_euclid(3)).into_async_iter() }) };
    },
    row! {
        |w| w.left().enumerate();
        "enumerate": Later(w.left()).enumerate();
        local
    },
    row! {
        |w| w.left().refs().cloned();
        "cloned": Later(w.left().refs()).cloned();
        local
    },
    row! {
        |w| w.left().refs().copied();
        "copied": Later(w.left().refs()).copied();
        local
    },
    row! {
        |w| w.left().skip(0);
        "skip": Later(w.left()).skip(0);
        local
    },
    row! {
        |w| w.left().skip(2);
        "skip": Later(w.left()).skip(2);
        local
    },
    row! {
        |w| w.left().take(0);
        "take": Later(w.left()).take(0);
        local
    },
    row! {
        |w| w.left().take(3);
        "take": Later(w.left()).take(3);
        local
    },
    row! {
        |w| w.left().step_by(1);
        "step_by": Later(w.left()).step_by(limit!(1));
        local
    },
    row! {
        |w| w.left().step_by(3);
        "step_by": Later(w.left()).step_by(limit!(3));
        local
    },
    row! {
        |w| w.left().map(|n| 0..n.rem_euclid(3)).flatten();
        "flatten": Later(w.left()).map(sync(|n: i32| (0..n.rem_euclid(3)).into_async_iter())).flatten();
        local
    },
    row! {
        |w| w.left().chain(w.right());
        "chain": Later(w.left()).chain(Later(w.right()));
        local
    },
    row! {
        |w| w.left().zip(w.right());
        "zip": Later(w.left()).zip(Later(w.right()));
        local
    },
    row! {
        |w| w.left().cycle();
        "cycle": Later(w.left()).cycle();
        local
    },
    row! {
        |w| w.left().fuse();
        "fuse": Later(w.left()).fuse();
        local
    },
    row! {
        |w| w.left().peekable();
        "peekable": Later(w.left()).peekable();
        local
    },
];
