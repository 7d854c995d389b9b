//! The rows of the consumers.

use core::pin::pin;

use itertools::Itertools as _;
use onpar_iter::{AsyncTryIterator as _, AsyncTryIteratorMut as _, AsyncTryIteratorWith as _, sync};

use super::adaptors::{results, results_later};
use crate::table::{Consumer, consumer as row};

pub(crate) const ALL: &[Consumer] = &[
    row! {
        |w| results(w).collect::<Result<Vec<_>, _>>();
        "try_collect": results_later(w).try_collect::<Vec<_>>();
        local
    },
    row! {
        |w| results(w).map_ok(|n| vec![n; 2]).collect::<Result<Vec<_>, _>>().map(|all| all.concat());
        "try_concat": results_later(w).map_ok(sync(|n| vec![n; 2])).try_concat();
        local
    },
    row! {
        |w| {
            let mut items = results(w);
            let end = items.try_for_each(|item| match item {
                Ok(n) => {
                    w.saw([n]);
                    if n < 4 { Ok(()) } else { Err(Ok(false)) }
                }
                Err(error) => Err(Err(error)),
            });
            end.err().unwrap_or(Ok(true))
        };
        "try_all": results_later(w).try_all(async |n| { w.saw_later([n]).await; n < 4 });
        "try_all_with": results_later(w).try_all_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; n < 4 });
        local "try_all_mut": { let mut calls = 0; results_later(w).try_all_mut(async move |n| { w.counted(&mut calls, [n]).await; n < 4 }) };
    },
    row! {
        |w| {
            let mut items = results(w);
            let end = items.try_for_each(|item| match item {
                Ok(n) => {
                    w.saw([n]);
                    if n == 4 { Err(Ok(true)) } else { Ok(()) }
                }
                Err(error) => Err(Err(error)),
            });
            end.err().unwrap_or(Ok(false))
        };
        "try_any": results_later(w).try_any(async |n| { w.saw_later([n]).await; n == 4 });
        "try_any_with": results_later(w).try_any_with(0, async |calls: &mut u32, n| { w.counted(calls, [n]).await; n == 4 });
        local "try_any_mut": { let mut calls = 0; results_later(w).try_any_mut(async move |n| { w.counted(&mut calls, [n]).await; n == 4 }) };
    },
    row! {
        |w| results(w).partition_result::<Vec<_>, Vec<_>, _, _>();
        "partition_result": results_later(w).partition_result::<Vec<_>, Vec<_>>();
        local
    },
    row! {
        |w| { let mut items = results(w); items.next().transpose() };
        "try_next": async move { pin!(results_later(w)).try_next().await };
        local
    },
];
