//! The rows: pipelines to their end.

use core::ops::ControlFlow;
use core::time::Duration;

use onpar_iter::{AsyncIterator as _, consume, limit};
use onpar_tests::Ticking;

use crate::table::{Consumer, consumer as row};
use crate::world::Later;

const EVERY: Duration = Duration::from_secs(1);

/// What `run` takes.
struct Sum(i32);

impl consume::Consumer<i32> for Sum {
    type Output = i32;

    fn take(&mut self, n: i32) -> ControlFlow<()> {
        self.0 += n;
        ControlFlow::Continue(())
    }

    fn finish(self) -> i32 {
        self.0
    }
}

/// Those that may end early do so at the first error in time: of one item at a time, it is the first.
pub(crate) const ALL: &[Consumer] = &[
    row! {
        |w| w.left().map(|n| { w.saw([n]); n * 2 }).collect::<Vec<_>>();
        "map": Later(w.left()).concurrent(w.limit).map(async |n| { w.saw_later([n]).await; n * 2 }).collect::<Vec<_>>();
        "concurrent": Later(w.left()).concurrent(limit!(1)).concurrent(w.limit).map(async |n| { w.saw_later([n]).await; n * 2 }).collect::<Vec<_>>();
        "ordered": Later(w.left()).concurrent(w.limit).unordered().ordered().map(async |n| { w.saw_later([n]).await; n * 2 }).collect::<Vec<_>>();
        "on_unfinished": Later(w.left()).concurrent(w.limit).on_unfinished(|_| {}).map(async |n| { w.saw_later([n]).await; n * 2 }).collect::<Vec<_>>();
        "on_unfinished_lent": Later(w.left()).concurrent(w.limit).on_unfinished_lent(|_| {}).map(async |n| { w.saw_later([*n]).await; n * 2 }).collect::<Vec<_>>();
        "progress": Later(w.left()).concurrent(w.limit).progress(Ticking::default(), EVERY, |_| {}).map(async |n| { w.saw_later([n]).await; n * 2 }).collect::<Vec<_>>();
        "progress": Later(w.left()).concurrent(w.limit).on_unfinished_lent(|_| {}).progress(Ticking::default(), EVERY, |_| {}).map(async |n| { w.saw_later([*n]).await; n * 2 }).collect::<Vec<_>>();
        local
    },
    row! {
        |w| { let mut all = w.left().map(|n| { w.saw([n]); n * 2 }).collect::<Vec<_>>(); all.sort_unstable(); all };
        "unordered": async { let mut all = Later(w.left()).concurrent(w.limit).unordered().map(async |n| { w.saw_later([n]).await; n * 2 }).collect::<Vec<_>>().await; all.sort_unstable(); all };
        local
    },
    row! {
        |w| w.left().filter(|n| { w.saw([*n]); n % 2 == 0 }).collect::<Vec<_>>();
        "filter": Later(w.left()).concurrent(w.limit).filter(async |n| { w.saw_later([*n]).await; n % 2 == 0 }).collect::<Vec<_>>();
        local
    },
    row! {
        |w| w.left().filter_map(|n| { w.saw([n]); (n % 2 == 0).then_some(n * 2) }).collect::<Vec<_>>();
        "filter_map": Later(w.left()).concurrent(w.limit).filter_map(async |n| { w.saw_later([n]).await; (n % 2 == 0).then_some(n * 2) }).collect::<Vec<_>>();
        "filter_map": Later(w.left()).concurrent(w.limit).on_unfinished_lent(|_| {}).filter_map(async |n| { w.saw_later([*n]).await; (n % 2 == 0).then_some(n * 2) }).collect::<Vec<_>>();
        local
    },
    row! {
        |w| w.left().for_each(|n| w.saw([n]));
        "for_each": Later(w.left()).concurrent(w.limit).for_each(async |n| w.saw_later([n]).await);
        "for_each_with": Later(w.left()).concurrent(w.limit).for_each_with(0, async |calls: &mut u32, n| w.counted(calls, [n]).await);
        "for_each_with": Later(w.left()).concurrent(w.limit).on_unfinished_lent(|_| {}).for_each_with(0, async |calls: &mut u32, n| w.counted(calls, [*n]).await);
        local "for_each_mut": { let mut calls = 0; Later(w.left()).concurrent(w.limit).for_each_mut(async move |n| w.counted(&mut calls, [n]).await) };
    },
    row! {
        |w| w.left().for_each(|n| w.saw([n]));
        "for_each": Later(w.left()).concurrent(w.limit).on_unfinished_lent(|_| {}).for_each(async |n| w.saw_later([*n]).await);
        local "for_each_mut": { let mut calls = 0; Later(w.left()).concurrent(w.limit).on_unfinished_lent(|_| {}).for_each_mut(async move |n| w.counted(&mut calls, [*n]).await) };
    },
    row! {
        |w| { let mut items = w.left(); items.try_for_each(|n| { w.saw([n]); if n < 4 { Ok(()) } else { Err(n) } }) };
        "try_for_each": Later(w.left()).concurrent(limit!(1)).try_for_each(async |n| { w.saw_later([n]).await; if n < 4 { Ok(()) } else { Err(n) } });
        "try_for_each_with": Later(w.left()).concurrent(limit!(1)).try_for_each_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; if n < 4 { Ok(()) } else { Err(n) } });
        "try_for_each_with": Later(w.left()).concurrent(limit!(1)).on_unfinished_lent(|_| {}).try_for_each_with(0, async |calls: &mut u32, n| { w.counted(calls, [*n]).await; if *n < 4 { Ok(()) } else { Err(*n) } });
        local "try_for_each_mut": { let mut calls = 0; Later(w.left()).concurrent(limit!(1)).try_for_each_mut(async move |n| { w.counted(&mut calls, [n]).await; if n < 4 { Ok(()) } else { Err(n) } }) };
    },
    row! {
        |w| { let mut items = w.left(); items.try_for_each(|n| { w.saw([n]); if n < 4 { Ok(()) } else { Err(n) } }) };
        "try_for_each": Later(w.left()).concurrent(limit!(1)).on_unfinished_lent(|_| {}).try_for_each(async |n| { w.saw_later([*n]).await; if *n < 4 { Ok(()) } else { Err(*n) } });
        local "try_for_each_mut": { let mut calls = 0; Later(w.left()).concurrent(limit!(1)).on_unfinished_lent(|_| {}).try_for_each_mut(async move |n| { w.counted(&mut calls, [*n]).await; if *n < 4 { Ok(()) } else { Err(*n) } }) };
    },
    row! {
        |w| w.left().map(|n| { w.saw([n]); (n < 4).then_some(n) }).collect::<Option<Vec<_>>>();
        "collect": Later(w.left()).concurrent(limit!(1)).map(async |n| { w.saw_later([n]).await; (n < 4).then_some(n) }).collect::<Option<Vec<_>>>();
        local
    },
    row! {
        |w| w.left().map(|n| { w.saw([n]); n * 2 }).sum::<i32>();
        "run": Later(w.left()).concurrent(w.limit).map(async |n| { w.saw_later([n]).await; n * 2 }).run(Sum(0));
        local
    },
];
