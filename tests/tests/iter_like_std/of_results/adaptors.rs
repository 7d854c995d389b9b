//! The rows of the adaptors.

use itertools::Itertools as _;
use onpar_iter::adapt::TryChunksError;
use onpar_iter::{
    AsyncIterator as _, AsyncTryIterator as _, AsyncTryIteratorMut as _, AsyncTryIteratorWith as _,
    IntoAsyncIterator as _, Stream, limit, sync,
};

use crate::table::{Adaptor, adaptor as row};
use crate::world::{Later, World};

/// Of what is gathered before it is given, and knows then how many there are.
fn unhinted<I: IntoIterator>(items: I) -> impl Iterator<Item = I::Item> {
    let mut items = items.into_iter();
    core::iter::from_fn(move || items.next())
}

fn result(n: i32) -> Result<i32, i32> {
    if n < 0 { Err(n) } else { Ok(n) }
}

pub(crate) fn results(w: &World) -> impl Iterator<Item = Result<i32, i32>> {
    w.left().map(result)
}

pub(crate) fn results_later(w: &World) -> impl Stream<Item = Result<i32, i32>> + Send {
    Later(w.left()).map(sync(result))
}

fn inner(n: i32) -> Vec<Result<i32, i32>> {
    (0..n % 3).map(|m| if m == 1 { Err(m) } else { Ok(m) }).collect()
}

pub(crate) const ALL: &[Adaptor] = &[
    row! {
        |w| results(w).map_ok(|n| { w.saw([n]); n * 2 });
        "map_ok": results_later(w).map_ok(async move |n| { w.saw_later([n]).await; n * 2 });
        "map_ok_with": results_later(w).map_ok_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; n * 2 });
        local "map_ok_mut": { let mut calls = 0; results_later(w).map_ok_mut(async move |n| { w.counted(&mut calls, [n]).await; n * 2 }) };
    },
    row! {
        |w| results(w).map(|item| item.map_err(|n| { w.saw([n]); n * 2 }));
        "map_err": results_later(w).map_err(async move |n| { w.saw_later([n]).await; n * 2 });
        "map_err_with": results_later(w).map_err_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; n * 2 });
        local "map_err_mut": { let mut calls = 0; results_later(w).map_err_mut(async move |n| { w.counted(&mut calls, [n]).await; n * 2 }) };
    },
    row! {
        |w| results(w).map(|item| item.and_then(|n| { w.saw([n]); if n % 3 == 0 { Err(n * 10) } else { Ok(n * 2) } }));
        "and_then": results_later(w).and_then(async move |n| { w.saw_later([n]).await; if n % 3 == 0 { Err(n * 10) } else { Ok(n * 2) } });
        "and_then_with": results_later(w).and_then_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; if n % 3 == 0 { Err(n * 10) } else { Ok(n * 2) } });
        local "and_then_mut": { let mut calls = 0; results_later(w).and_then_mut(async move |n| { w.counted(&mut calls, [n]).await; if n % 3 == 0 { Err(n * 10) } else { Ok(n * 2) } }) };
    },
    row! {
        |w| results(w).map(|item| item.or_else(|n| { w.saw([n]); if n % 3 == 0 { Err(n * 10) } else { Ok(n * 2) } }));
        "or_else": results_later(w).or_else(async move |n| { w.saw_later([n]).await; if n % 3 == 0 { Err(n * 10) } else { Ok(n * 2) } });
        "or_else_with": results_later(w).or_else_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; if n % 3 == 0 { Err(n * 10) } else { Ok(n * 2) } });
        local "or_else_mut": { let mut calls = 0; results_later(w).or_else_mut(async move |n| { w.counted(&mut calls, [n]).await; if n % 3 == 0 { Err(n * 10) } else { Ok(n * 2) } }) };
    },
    row! {
        |w| results(w).map(|item| item.inspect(|n| w.saw([*n])));
        "inspect_ok": results_later(w).inspect_ok(async move |n| { w.saw_later([*n]).await;  });
        "inspect_ok_with": results_later(w).inspect_ok_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await;  });
        local "inspect_ok_mut": { let mut calls = 0; results_later(w).inspect_ok_mut(async move |n| { w.counted(&mut calls, [*n]).await;  }) };
    },
    row! {
        |w| results(w).map(|item| item.inspect_err(|n| w.saw([*n])));
        "inspect_err": results_later(w).inspect_err(async move |n| { w.saw_later([*n]).await;  });
        "inspect_err_with": results_later(w).inspect_err_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await;  });
        local "inspect_err_mut": { let mut calls = 0; results_later(w).inspect_err_mut(async move |n| { w.counted(&mut calls, [*n]).await;  }) };
    },
    row! {
        |w| results(w).map(|item| item.map(i64::from));
        "ok_into": results_later(w).ok_into::<i64>();
        local
    },
    row! {
        |w| results(w).map(|item| item.map_err(i64::from));
        "err_into": results_later(w).err_into::<i64>();
        local
    },
    row! {
        |w| results(w).filter_ok(|n| { w.saw([*n]); n % 2 == 0 });
        "try_filter": results_later(w).try_filter(async move |n| { w.saw_later([*n]).await; n % 2 == 0 });
        "try_filter_with": results_later(w).try_filter_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 2 == 0 });
        local "try_filter_mut": { let mut calls = 0; results_later(w).try_filter_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 2 == 0 }) };
    },
    row! {
        |w| results(w).filter_map(|item| item.and_then(|n| { w.saw([n]); match n % 3 { 0 => Err(n * 10), 1 => Ok(None), _ => Ok(Some(n * 2)) } }).transpose());
        "try_filter_map": results_later(w).try_filter_map(async move |n| { w.saw_later([n]).await; match n % 3 { 0 => Err(n * 10), 1 => Ok(None), _ => Ok(Some(n * 2)) } });
        "try_filter_map_with": results_later(w).try_filter_map_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; match n % 3 { 0 => Err(n * 10), 1 => Ok(None), _ => Ok(Some(n * 2)) } });
        local "try_filter_map_mut": { let mut calls = 0; results_later(w).try_filter_map_mut(async move |n| { w.counted(&mut calls, [n]).await; match n % 3 { 0 => Err(n * 10), 1 => Ok(None), _ => Ok(Some(n * 2)) } }) };
    },
    row! {
        |w| results(w).map_while(|item| match item {
            Ok(n) => {
                w.saw([n]);
                match (n, n < 4) {
                    (1, _) => Some(Err(n)),
                    (_, true) => Some(Ok(n)),
                    (_, false) => None,
                }
            }
            Err(error) => Some(Err(error)),
        }).fuse();
        "try_take_while": results_later(w).try_take_while(async move |n| { w.saw_later([*n]).await; if *n == 1 { Err(*n) } else { Ok(*n < 4) } });
        "try_take_while_with": results_later(w).try_take_while_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; if *n == 1 { Err(*n) } else { Ok(*n < 4) } });
        local "try_take_while_mut": { let mut calls = 0; results_later(w).try_take_while_mut(async move |n| { w.counted(&mut calls, [*n]).await; if *n == 1 { Err(*n) } else { Ok(*n < 4) } }) };
    },
    row! {
        |w| {
            let mut skipping = true;
            results(w).filter_map(move |item| match item {
                Ok(n) if skipping => {
                    w.saw([n]);
                    match n {
                        1 => Some(Err(n)),
                        ..4 => None,
                        _ => {
                            skipping = false;
                            Some(Ok(n))
                        }
                    }
                }
                item => Some(item),
            })
        };
        "try_skip_while": results_later(w).try_skip_while(async move |n| { w.saw_later([*n]).await; if *n == 1 { Err(*n) } else { Ok(*n < 4) } });
        "try_skip_while_with": results_later(w).try_skip_while_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; if *n == 1 { Err(*n) } else { Ok(*n < 4) } });
        local "try_skip_while_mut": { let mut calls = 0; results_later(w).try_skip_while_mut(async move |n| { w.counted(&mut calls, [*n]).await; if *n == 1 { Err(*n) } else { Ok(*n < 4) } }) };
    },
    row! {
        |w| unhinted(results(w).map_ok(inner).collect::<Vec<_>>().into_iter().flat_map(|item| match item {
            Ok(inner) => inner,
            Err(error) => vec![Err(error)],
        }));
        "try_flatten": results_later(w).map_ok(sync(|n| inner(n).into_async_iter())).try_flatten();
        local
    },
    row! {
        |w| unhinted(results(w).map_ok(inner).collect::<Vec<_>>().into_iter().flat_map(|item| match item {
            Ok(inner) => inner,
            Err(error) => vec![Err(error)],
        }));
        // One at a time: their order.
        "try_flatten_concurrent": results_later(w).map_ok(sync(|n| inner(n).into_async_iter())).try_flatten_concurrent(limit!(1));
        local
    },
    row! {
        |w| unhinted(results(w));
        // What is in one chunk depends on what is there.
        "try_ready_chunks": results_later(w).try_ready_chunks(limit!(3)).flat_map(sync(|chunk: Result<Vec<i32>, TryChunksError<i32, i32>>| {
            let (items, error) = match chunk {
                Ok(items) => (items, None),
                Err(error) => (error.items, Some(Err(error.error))),
            };
            items.into_iter().map(Ok).chain(error).into_async_iter()
        }));
        local
    },
    row! {
        |w| unhinted({
            let (mut all, mut chunk) = (Vec::new(), Vec::new());
            for item in results(w) {
                match item {
                    Ok(n) => chunk.push(n),
                    Err(error) => all.push(Err((core::mem::take(&mut chunk), error))),
                }
                if chunk.len() == 2 {
                    all.push(Ok(core::mem::take(&mut chunk)));
                }
            }
            if !chunk.is_empty() {
                all.push(Ok(chunk));
            }
            all
        });
        "try_chunks": results_later(w).try_chunks(limit!(2)).map_err(sync(|error: TryChunksError<_, _>| (error.items, error.error)));
        local
    },
];
