//! The rows of the consumers.

use alloc::collections::BTreeMap;
use core::ops::ControlFlow;
use std::collections::HashMap;

use either::Either;
use itertools::{Itertools as _, MinMaxResult};
use onpar_iter::consume::ExactlyOneError;
use onpar_iter::{AsyncIterator as _, AsyncItertools as _, AsyncItertoolsMut as _, AsyncItertoolsWith as _, sync};

use crate::table::{Consumer, consumer as row};
use crate::world::Later;

fn ordered<V>(map: HashMap<i32, V>) -> BTreeMap<i32, V> {
    map.into_iter().collect()
}

pub(crate) const ALL: &[Consumer] = &[
    row! {
        |w| w.left().collect_vec();
        "collect_vec": Later(w.left()).collect_vec();
        local
    },
    row! {
        |w| w.left().collect_array::<0>();
        "collect_array": Later(w.left()).collect_array::<0>();
        local
    },
    row! {
        |w| w.left().collect_array::<3>();
        "collect_array": Later(w.left()).collect_array::<3>();
        local
    },
    row! {
        |w| w.left().map(|n| vec![n; 2]).concat();
        "concat": Later(w.left()).map(sync(|n| vec![n; 2])).concat();
        local
    },
    row! {
        |w| w.left().join(", ");
        "join": Later(w.left()).join(", ");
        local
    },
    row! {
        |w| w.left().partition_map::<Vec<_>, Vec<_>, _, _, _>(|n| { w.saw([n]); if n % 2 == 0 { Either::Left(n) } else { Either::Right(n * 2) } });
        "partition_map": Later(w.left()).partition_map::<Vec<_>, Vec<_>, _, _, _, _>(async |n| { w.saw_later([n]).await; if n % 2 == 0 { Either::Left(n) } else { Either::Right(n * 2) } });
        "partition_map_with": Later(w.left()).partition_map_with::<_, Vec<_>, Vec<_>, _, _, _, _>(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; if n % 2 == 0 { Either::Left(n) } else { Either::Right(n * 2) } });
        local "partition_map_mut": { let mut calls = 0; Later(w.left()).partition_map_mut::<Vec<_>, Vec<_>, _, _, _>(async move |n| { w.counted(&mut calls, [n]).await; if n % 2 == 0 { Either::Left(n) } else { Either::Right(n * 2) } }) };
    },
    row! {
        |w| ordered(w.left().map(|n| (n % 3, n)).into_group_map());
        "into_group_map": async move { ordered(Later(w.left()).map(sync(|n| (n % 3, n))).into_group_map().await) };
        local
    },
    row! {
        |w| ordered(w.left().into_group_map_by(|n| { w.saw([*n]); n % 3 }));
        "into_group_map_by": async move { ordered(Later(w.left()).into_group_map_by(async |n| { w.saw_later([*n]).await; n % 3 }).await) };
        "into_group_map_by_with": async move { ordered(Later(w.left()).into_group_map_by_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 }).await) };
        local "into_group_map_by_mut": { let mut calls = 0; async move { ordered(Later(w.left()).into_group_map_by_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }).await) } };
    },
    row! {
        |w| ordered(w.left().counts());
        "counts": async move { ordered(Later(w.left()).counts().await) };
        local
    },
    row! {
        |w| ordered(w.left().counts_by(|n| { w.saw([n]); n % 3 }));
        "counts_by": async move { ordered(Later(w.left()).counts_by(async |n| { w.saw_later([n]).await; n % 3 }).await) };
        "counts_by_with": async move { ordered(Later(w.left()).counts_by_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; n % 3 }).await) };
        local "counts_by_mut": { let mut calls = 0; async move { ordered(Later(w.left()).counts_by_mut(async move |n| { w.counted(&mut calls, [n]).await; n % 3 }).await) } };
    },
    row! {
        |w| w.left().minmax();
        "minmax": Later(w.left()).minmax();
        local
    },
    row! {
        |w| match w.left().map(|n| { w.saw([n]); (n % 3, n) }).minmax_by_key(|(key, _)| *key) {
            MinMaxResult::NoElements => MinMaxResult::NoElements,
            MinMaxResult::OneElement((_, one)) => MinMaxResult::OneElement(one),
            MinMaxResult::MinMax((_, min), (_, max)) => MinMaxResult::MinMax(min, max),
        };
        "minmax_by_key": Later(w.left()).minmax_by_key(async |n| { w.saw_later([*n]).await; n % 3 });
        "minmax_by_key_with": Later(w.left()).minmax_by_key_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "minmax_by_key_mut": { let mut calls = 0; Later(w.left()).minmax_by_key_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| w.left().max_set();
        "max_set": Later(w.left()).max_set();
        local
    },
    row! {
        |w| w.left().max_set_by_key(|n| { w.saw([*n]); n % 3 });
        "max_set_by_key": Later(w.left()).max_set_by_key(async |n| { w.saw_later([*n]).await; n % 3 });
        "max_set_by_key_with": Later(w.left()).max_set_by_key_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "max_set_by_key_mut": { let mut calls = 0; Later(w.left()).max_set_by_key_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| w.left().min_set();
        "min_set": Later(w.left()).min_set();
        local
    },
    row! {
        |w| w.left().min_set_by_key(|n| { w.saw([*n]); n % 3 });
        "min_set_by_key": Later(w.left()).min_set_by_key(async |n| { w.saw_later([*n]).await; n % 3 });
        "min_set_by_key_with": Later(w.left()).min_set_by_key_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "min_set_by_key_mut": { let mut calls = 0; Later(w.left()).min_set_by_key_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| {
            let mut items = w.left();
            match items.next() {
                None => Err(ExactlyOneError::None),
                Some(first) => match items.next() {
                    None => Ok(first),
                    Some(second) => Err(ExactlyOneError::Several(first, second)),
                },
            }
        };
        "exactly_one": Later(w.left()).exactly_one();
        local
    },
    row! {
        |w| w.left().at_most_one().map_err(|mut rest| (rest.next(), rest.next()));
        "at_most_one": async { Later(w.left()).at_most_one().await.map_err(|error| (Some(error.first), Some(error.second))) };
        local
    },
    row! {
        |w| w.left().all_equal();
        "all_equal": Later(w.left()).all_equal();
        local
    },
    row! {
        |w| w.left().all_equal_value();
        "all_equal_value": Later(w.left()).all_equal_value();
        local
    },
    row! {
        |w| { let mut items = w.left(); items.all_unique() };
        "all_unique": Later(w.left()).all_unique();
        local
    },
    row! {
        |w| { let mut items = w.left(); items.contains(&4) };
        "contains": Later(w.left()).contains(&4);
        local
    },
    row! {
        |w| { let mut items = w.left(); items.find_position(|n| { w.saw([*n]); *n == 4 }) };
        "find_position": Later(w.left()).find_position(async |n| { w.saw_later([*n]).await; *n == 4 });
        "find_position_with": Later(w.left()).find_position_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; *n == 4 });
        local "find_position_mut": { let mut calls = 0; Later(w.left()).find_position_mut(async move |n| { w.counted(&mut calls, [*n]).await; *n == 4 }) };
    },
    row! {
        |w| {
            let mut items = w.left();
            let found = items.try_for_each(|n| {
                w.saw([n]);
                match n {
                    ..0 => Err(Err(n)),
                    4 => Err(Ok(Some(n))),
                    _ => Ok(()),
                }
            });
            found.err().unwrap_or(Ok(None))
        };
        "try_find": Later(w.left()).try_find(async |n| { w.saw_later([*n]).await; if *n < 0 { Err(*n) } else { Ok(*n == 4) } });
        "try_find_with": Later(w.left()).try_find_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; if *n < 0 { Err(*n) } else { Ok(*n == 4) } });
        local "try_find_mut": { let mut calls = 0; Later(w.left()).try_find_mut(async move |n| { w.counted(&mut calls, [*n]).await; if *n < 0 { Err(*n) } else { Ok(*n == 4) } }) };
    },
    row! {
        |w| {
            let mut items = w.left();
            items.try_fold(None, |_, n| {
                w.saw([n]);
                match n {
                    ..0 => Err(ControlFlow::Break(n)),
                    4 => Err(ControlFlow::Continue(Some(n))),
                    _ => Ok(None::<i32>),
                }
            }).map_or_else(|end| end, ControlFlow::Continue)
        };
        "try_find": Later(w.left()).try_find(async |n| { w.saw_later([*n]).await; if *n < 0 { ControlFlow::Break(*n) } else { ControlFlow::Continue(*n == 4) } });
        local
    },
    row! {
        |w| {
            let mut items = w.left();
            let first = items.next().map(Ok::<_, i32>).transpose();
            first.and_then(|first| {
                first.map(|first| items.try_fold(first, |a, b| { w.saw([a, b]); if a + b < 9 { Ok(a + b) } else { Err(b) } })).transpose()
            })
        };
        "try_reduce": Later(w.left()).try_reduce(async |a, b| { w.saw_later([a, b]).await; if a + b < 9 { Ok(a + b) } else { Err(b) } });
        "try_reduce_with": Later(w.left()).try_reduce_with(0, async |calls: &mut u32, a, b| { w.counted(calls, [a, b]).await; if a + b < 9 { Ok(a + b) } else { Err(b) } });
        local "try_reduce_mut": { let mut calls = 0; Later(w.left()).try_reduce_mut(async move |a, b| { w.counted(&mut calls, [a, b]).await; if a + b < 9 { Ok(a + b) } else { Err(b) } }) };
    },
];
