//! The rows of the consumers.

use core::ops::ControlFlow;

use onpar_iter::{AsyncIterator as _, AsyncIteratorMut as _, AsyncIteratorWith as _, sync};

use crate::table::{Consumer, consumer as row};
use crate::world::Later;

pub(crate) const ALL: &[Consumer] = &[
    row! {
        |w| w.left().for_each(|n| { w.saw([n]); });
        "for_each": Later(w.left()).for_each(async |n| { w.saw_later([n]).await; });
        "for_each_with": Later(w.left()).for_each_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; });
        local "for_each_mut": { let mut calls = 0; Later(w.left()).for_each_mut(async move |n| { w.counted(&mut calls, [n]).await; }) };
    },
    row! {
        |w| { let mut items = w.left(); items.try_for_each(|n| { w.saw([n]); if n < 4 { Ok(()) } else { Err(n) } }) };
        "try_for_each": Later(w.left()).try_for_each(async |n| { w.saw_later([n]).await; if n < 4 { Ok(()) } else { Err(n) } });
        "try_for_each_with": Later(w.left()).try_for_each_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; if n < 4 { Ok(()) } else { Err(n) } });
        local "try_for_each_mut": { let mut calls = 0; Later(w.left()).try_for_each_mut(async move |n| { w.counted(&mut calls, [n]).await; if n < 4 { Ok(()) } else { Err(n) } }) };
    },
    row! {
        |w| { let mut items = w.left(); items.try_for_each(|n| { w.saw([n]); if n < 4 { ControlFlow::Continue(()) } else { ControlFlow::Break(n) } }) };
        "try_for_each": Later(w.left()).try_for_each(async |n| { w.saw_later([n]).await; if n < 4 { ControlFlow::Continue(()) } else { ControlFlow::Break(n) } });
        local
    },
    row! {
        |w| { let mut items = w.left(); items.try_for_each(|n| { w.saw([n]); (n < 4).then_some(()) }) };
        "try_for_each": Later(w.left()).try_for_each(async |n| { w.saw_later([n]).await; (n < 4).then_some(()) });
        local
    },
    row! {
        |w| { let mut items = w.left(); items.all(|n| { w.saw([n]); n < 4 }) };
        "all": Later(w.left()).all(async |n| { w.saw_later([n]).await; n < 4 });
        "all_with": Later(w.left()).all_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; n < 4 });
        local "all_mut": { let mut calls = 0; Later(w.left()).all_mut(async move |n| { w.counted(&mut calls, [n]).await; n < 4 }) };
    },
    row! {
        |w| { let mut items = w.left(); items.any(|n| { w.saw([n]); n == 4 }) };
        "any": Later(w.left()).any(async |n| { w.saw_later([n]).await; n == 4 });
        "any_with": Later(w.left()).any_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; n == 4 });
        local "any_mut": { let mut calls = 0; Later(w.left()).any_mut(async move |n| { w.counted(&mut calls, [n]).await; n == 4 }) };
    },
    row! {
        |w| { let mut items = w.left(); items.find(|n| { w.saw([*n]); *n == 4 }) };
        "find": Later(w.left()).find(async |n| { w.saw_later([*n]).await; *n == 4 });
        "find_with": Later(w.left()).find_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; *n == 4 });
        local "find_mut": { let mut calls = 0; Later(w.left()).find_mut(async move |n| { w.counted(&mut calls, [*n]).await; *n == 4 }) };
    },
    row! {
        |w| { let mut items = w.left(); items.find_map(|n| { w.saw([n]); (n % 3 == 2).then_some(n * 2) }) };
        "find_map": Later(w.left()).find_map(async |n| { w.saw_later([n]).await; (n % 3 == 2).then_some(n * 2) });
        "find_map_with": Later(w.left()).find_map_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; (n % 3 == 2).then_some(n * 2) });
        local "find_map_mut": { let mut calls = 0; Later(w.left()).find_map_mut(async move |n| { w.counted(&mut calls, [n]).await; (n % 3 == 2).then_some(n * 2) }) };
    },
    row! {
        |w| { let mut items = w.left(); items.position(|n| { w.saw([n]); n == 4 }) };
        "position": Later(w.left()).position(async |n| { w.saw_later([n]).await; n == 4 });
        "position_with": Later(w.left()).position_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; n == 4 });
        local "position_mut": { let mut calls = 0; Later(w.left()).position_mut(async move |n| { w.counted(&mut calls, [n]).await; n == 4 }) };
    },
    row! {
        |w| w.left().partition::<Vec<_>, _>(|n| { w.saw([*n]); n % 2 == 0 });
        "partition": Later(w.left()).partition::<Vec<_>, _, _>(async |n| { w.saw_later([*n]).await; n % 2 == 0 });
        "partition_with": Later(w.left()).partition_with::<_, Vec<_>, _, _>(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 2 == 0 });
        local "partition_mut": { let mut calls = 0; Later(w.left()).partition_mut::<Vec<_>, _>(async move |n| { w.counted(&mut calls, [*n]).await; n % 2 == 0 }) };
    },
    row! {
        |w| w.left().fold(1, |so_far, n| { w.saw([so_far, n]); so_far * 2 + n });
        "fold": Later(w.left()).fold(1, async |so_far, n| { w.saw_later([so_far, n]).await; so_far * 2 + n });
        "fold_with": Later(w.left()).fold_with(0, 1, async |calls: &mut u32, so_far, n| { w.counted(calls, [so_far, n]).await; so_far * 2 + n });
        local "fold_mut": { let mut calls = 0; Later(w.left()).fold_mut(1, async move |so_far, n| { w.counted(&mut calls, [so_far, n]).await; so_far * 2 + n }) };
    },
    row! {
        |w| { let mut items = w.left(); items.try_fold(1, |so_far, n| { w.saw([so_far, n]); if so_far + n < 9 { Some(so_far + n) } else { None } }) };
        "try_fold": Later(w.left()).try_fold(1, async |so_far, n| { w.saw_later([so_far, n]).await; if so_far + n < 9 { Some(so_far + n) } else { None } });
        "try_fold_with": Later(w.left()).try_fold_with(0, 1, async |calls: &mut u32, so_far, n| { w.counted(calls, [so_far, n]).await; if so_far + n < 9 { Some(so_far + n) } else { None } });
        local "try_fold_mut": { let mut calls = 0; Later(w.left()).try_fold_mut(1, async move |so_far, n| { w.counted(&mut calls, [so_far, n]).await; if so_far + n < 9 { Some(so_far + n) } else { None } }) };
    },
    row! {
        |w| { let mut items = w.left(); items.try_fold(1, |so_far, n| { w.saw([so_far, n]); if n < 4 { ControlFlow::Continue(so_far + n) } else { ControlFlow::Break(so_far) } }) };
        "try_fold": Later(w.left()).try_fold(1, async |so_far, n| { w.saw_later([so_far, n]).await; if n < 4 { ControlFlow::Continue(so_far + n) } else { ControlFlow::Break(so_far) } });
        local
    },
    row! {
        |w| { let mut items = w.left(); items.try_fold(1, |so_far, n| { w.saw([so_far, n]); if n < 4 { Ok(so_far + n) } else { Err(n) } }) };
        "try_fold": Later(w.left()).try_fold(1, async |so_far, n| { w.saw_later([so_far, n]).await; if n < 4 { Ok(so_far + n) } else { Err(n) } });
        local
    },
    row! {
        |w| w.left().reduce(|so_far, n| { w.saw([so_far, n]); so_far * 2 + n });
        "reduce": Later(w.left()).reduce(async |so_far, n| { w.saw_later([so_far, n]).await; so_far * 2 + n });
        "reduce_with": Later(w.left()).reduce_with(0, async |calls: &mut u32, so_far, n| { w.counted(calls, [so_far, n]).await; so_far * 2 + n });
        local "reduce_mut": { let mut calls = 0; Later(w.left()).reduce_mut(async move |so_far, n| { w.counted(&mut calls, [so_far, n]).await; so_far * 2 + n }) };
    },
    row! {
        |w| w.left().max_by(|a, b| { w.saw([*a, *b]); (a % 3).cmp(&(b % 3)) });
        "max_by": Later(w.left()).max_by(async |a, b| { w.saw_later([*a, *b]).await; (a % 3).cmp(&(b % 3)) });
        "max_by_with": Later(w.left()).max_by_with(0, async |calls: &mut u32, a, b| { w.counted(calls, [*a, *b]).await; (a % 3).cmp(&(b % 3)) });
        local "max_by_mut": { let mut calls = 0; Later(w.left()).max_by_mut(async move |a, b| { w.counted(&mut calls, [*a, *b]).await; (a % 3).cmp(&(b % 3)) }) };
    },
    row! {
        |w| w.left().min_by(|a, b| { w.saw([*a, *b]); (a % 3).cmp(&(b % 3)) });
        "min_by": Later(w.left()).min_by(async |a, b| { w.saw_later([*a, *b]).await; (a % 3).cmp(&(b % 3)) });
        "min_by_with": Later(w.left()).min_by_with(0, async |calls: &mut u32, a, b| { w.counted(calls, [*a, *b]).await; (a % 3).cmp(&(b % 3)) });
        local "min_by_mut": { let mut calls = 0; Later(w.left()).min_by_mut(async move |a, b| { w.counted(&mut calls, [*a, *b]).await; (a % 3).cmp(&(b % 3)) }) };
    },
    row! {
        |w| w.left().max_by_key(|n| { w.saw([*n]); n % 3 });
        "max_by_key": Later(w.left()).max_by_key(async |n| { w.saw_later([*n]).await; n % 3 });
        "max_by_key_with": Later(w.left()).max_by_key_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "max_by_key_mut": { let mut calls = 0; Later(w.left()).max_by_key_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| w.left().min_by_key(|n| { w.saw([*n]); n % 3 });
        "min_by_key": Later(w.left()).min_by_key(async |n| { w.saw_later([*n]).await; n % 3 });
        "min_by_key_with": Later(w.left()).min_by_key_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "min_by_key_mut": { let mut calls = 0; Later(w.left()).min_by_key_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| w.left().is_sorted_by(|a, b| { w.saw([*a, *b]); a % 5 <= b % 5 });
        "is_sorted_by": Later(w.left()).is_sorted_by(async |a, b| { w.saw_later([*a, *b]).await; a % 5 <= b % 5 });
        "is_sorted_by_with": Later(w.left()).is_sorted_by_with(0, async |calls: &mut u32, a, b| { w.counted(calls, [*a, *b]).await; a % 5 <= b % 5 });
        local "is_sorted_by_mut": { let mut calls = 0; Later(w.left()).is_sorted_by_mut(async move |a, b| { w.counted(&mut calls, [*a, *b]).await; a % 5 <= b % 5 }) };
    },
    row! {
        |w| w.left().is_sorted_by_key(|n| { w.saw([n]); n % 5 });
        "is_sorted_by_key": Later(w.left()).is_sorted_by_key(async |n| { w.saw_later([n]).await; n % 5 });
        "is_sorted_by_key_with": Later(w.left()).is_sorted_by_key_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; n % 5 });
        local "is_sorted_by_key_mut": { let mut calls = 0; Later(w.left()).is_sorted_by_key_mut(async move |n| { w.counted(&mut calls, [n]).await; n % 5 }) };
    },
    row! {
        |w| w.left().collect::<Vec<_>>();
        "collect": Later(w.left()).collect::<Vec<_>>();
        local
    },
    row! {
        |w| w.left().map(|n| if n < 4 { Ok(n) } else { Err(n) }).collect::<Result<Vec<_>, _>>();
        "collect": Later(w.left()).map(sync(|n| if n < 4 { Ok(n) } else { Err(n) })).collect::<Result<Vec<_>, _>>();
        local
    },
    row! {
        |w| w.left().map(|n| (n < 4).then_some(n)).collect::<Option<Vec<_>>>();
        "collect": Later(w.left()).map(sync(|n| (n < 4).then_some(n))).collect::<Option<Vec<_>>>();
        local
    },
    row! {
        |w| {
            let mut items = w.left();
            let mut all = Vec::new();
            items.try_for_each(|n| if n < 4 { all.push(n); ControlFlow::Continue(()) } else { ControlFlow::Break(n) }).map_continue(|()| all)
        };
        "collect": Later(w.left()).map(sync(|n| if n < 4 { ControlFlow::Continue(n) } else { ControlFlow::Break(n) })).collect::<ControlFlow<_, Vec<_>>>();
        local
    },
    row! {
        |w| { let mut all = vec![7]; all.extend(w.left()); all };
        "extend_into": async { let mut all = vec![7]; Later(w.left()).extend_into(&mut all).await; all };
        local
    },
    row! {
        |w| w.left().count();
        "count": Later(w.left()).count();
        local
    },
    row! {
        |w| w.left().last();
        "last": Later(w.left()).last();
        local
    },
    row! {
        |w| { let mut items = w.left(); items.nth(2) };
        "nth": Later(w.left()).nth(2);
        local
    },
    row! {
        |w| w.left().zip(w.right()).unzip::<_, _, Vec<_>, Vec<_>>();
        "unzip": Later(w.left()).zip(Later(w.right())).unzip::<_, _, Vec<_>, Vec<_>>();
        local
    },
    row! {
        |w| w.left().sum::<i32>();
        "sum": Later(w.left()).sum::<i32>();
        local
    },
    row! {
        |w| w.left().product::<i32>();
        "product": Later(w.left()).product::<i32>();
        local
    },
    row! {
        |w| w.left().max();
        "max": Later(w.left()).max();
        local
    },
    row! {
        |w| w.left().min();
        "min": Later(w.left()).min();
        local
    },
    row! {
        |w| w.left().is_sorted();
        "is_sorted": Later(w.left()).is_sorted();
        local
    },
    row! {
        |w| w.left().cmp(w.right());
        "cmp": Later(w.left()).cmp(Later(w.right()));
        local
    },
    row! {
        |w| w.left().partial_cmp(w.right());
        "partial_cmp": Later(w.left()).partial_cmp(Later(w.right()));
        local
    },
    row! {
        |w| w.left().eq(w.right());
        "eq": Later(w.left()).eq(Later(w.right()));
        local
    },
    row! {
        |w| w.left().ne(w.right());
        "ne": Later(w.left()).ne(Later(w.right()));
        local
    },
    row! {
        |w| w.left().lt(w.right());
        "lt": Later(w.left()).lt(Later(w.right()));
        local
    },
    row! {
        |w| w.left().le(w.right());
        "le": Later(w.left()).le(Later(w.right()));
        local
    },
    row! {
        |w| w.left().gt(w.right());
        "gt": Later(w.left()).gt(Later(w.right()));
        local
    },
    row! {
        |w| w.left().ge(w.right());
        "ge": Later(w.left()).ge(Later(w.right()));
        local
    },
];
