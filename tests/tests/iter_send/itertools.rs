//! Programs of the shapes of `AsyncItertools` and `AsyncTryIterator` that the table has not: closures that take more, or lend
//! what they change; of each state machine with items that are owned, and borrowed.

use core::ops::ControlFlow;

use either::Either;
use onpar_iter::{
    AsyncIterator as _, AsyncIteratorMut as _, AsyncIteratorWith as _, AsyncItertools as _, AsyncItertoolsMut as _,
    AsyncItertoolsWith as _, AsyncTryIterator as _, AsyncTryIteratorWith as _, IntoAsyncIterator as _, Stream, limit,
    sync, sync_ref,
};

use crate::{pause, run, spawn};

#[test]
fn owned_items() {
    let found = spawn(async {
        let (two, names) = (2, ["b", "a", "cc", "cc"].map(String::from));
        let all = || names.clone().into_async_iter();
        let coalesced = all().coalesce(async |a: String, b: String| {
            pause().await;
            if a.len() < two && b.len() < two { Ok(a + &b) } else { Err((a, b)) }
        });
        let deduped = coalesced.dedup_by(async |a, b| {
            pause().await;
            a == b
        });
        let updated = deduped.update(async |name| {
            pause().await;
            name.truncate(two);
        });
        let windows = updated.map_windows(async |[a, b]| {
            pause().await;
            format!("{a}{b}{two}")
        });
        let windows = windows.collect_vec().await;
        let chunked = all().chunk_by(async |name| {
            pause().await;
            name.len() == two
        });
        let chunked = chunked.map(async |(long, chunk)| (long, chunk.len())).intersperse_with(async || {
            pause().await;
            (false, two)
        });
        let chunked = chunked.collect_vec().await;
        let merged = all().merge_by(all(), async |a, b| {
            pause().await;
            a.len() <= b.len()
        });
        let merged = merged.sorted_by(async |a, b| {
            pause().await;
            a.cmp(b)
        });
        let merged = merged.join("").await;
        let kmerged = [all(), all()].into_async_iter().kmerge_by(async |a: &String, b: &String| {
            pause().await;
            a.len() < two && a < b
        });
        let kmerged = kmerged.count().await;
        let counted = all().counts_by(async |name| {
            pause().await;
            name.len() == two
        });
        let counted = counted.await[&true];
        (windows, chunked, merged, kmerged, counted)
    });
    let windows = vec![String::from("bacc2")];
    let chunked = vec![(false, 2), (false, 2), (true, 2)];
    assert_eq!(found, (windows, chunked, String::from("aabbcccccccc"), 8, 2));
}

#[test]
fn borrowed_items() {
    let found = spawn(async {
        let names = ["b", "a", "cc", "cc"].map(String::from);
        let two = names.len() / 2;
        let all = || names.iter().into_async_iter();
        let unique = all().unique_by(async |name| {
            pause().await;
            name.len() % two
        });
        let unique = unique.sorted_by_key(async |name| {
            pause().await;
            name.len().min(two)
        });
        let unique = unique.collect_vec().await;
        let largest = all().k_largest_by_key(1, async |name| {
            pause().await;
            name.as_str()
        });
        let largest = largest.collect_vec().await;
        let joined = all().merge_join_by(names.iter().into_async_iter().map(async |name| name.len()), async |a, b| {
            pause().await;
            a.len().cmp(&two.min(*b))
        });
        let joined = joined.take_while_inclusive(sync_ref(|_| true)).count().await;
        let windows = all().map_windows(async |[a, b, c]| {
            pause().await;
            a.len() + b.len() + c.len() + two
        });
        let windows = windows.collect_vec().await;
        let (left, right) = all().tee(limit!(4));
        let tee = left.zip(right).all(async |(a, b)| {
            pause().await;
            a == b || two == 0
        });
        let tee = tee.await;
        let parted = all().partition_map::<Vec<_>, Vec<_>, _, _, _, _>(async |name| {
            pause().await;
            if name.len() == two { Either::Left(name) } else { Either::Right(name) }
        });
        let parted = parted.await;
        let found = all().try_find(async |name| {
            pause().await;
            if name.is_empty() { Err("empty") } else { Ok(name.len() == two) }
        });
        let found = found.await.expect("none is empty");
        let reduced = all().try_reduce(async |a, b| {
            pause().await;
            Some(if a.len() >= two { a } else { b })
        });
        let reduced = reduced.await.flatten();
        let sizes = (unique.len(), largest.len(), joined, windows, tee, parted.0.len(), parted.1.len());
        (sizes, found.cloned(), reduced.cloned())
    });
    assert_eq!(found, ((2, 1, 4, vec![6, 7], true, 2, 2), Some("cc".into()), Some("cc".into())));
}

#[test]
fn results() {
    let found = spawn(async {
        let (names, least) = (["a", "bb", "", "ccc"].map(String::from), 1);
        let all = || {
            names.iter().into_async_iter().map(sync(|name: &String| if name.is_empty() { Err(0) } else { Ok(name) }))
        };
        let known = all().try_filter(async |name| {
            pause().await;
            name.len() > least
        });
        let known = known.and_then(async |name| {
            pause().await;
            if name.len() > least + 1 { Err(name.len()) } else { Ok(name.len()) }
        });
        let known = known.or_else(async |error| {
            pause().await;
            if error == 0 { Err(names.len()) } else { Ok(error) }
        });
        let known = known.inspect_ok(async |_| pause().await).collect_vec().await;
        let calls = all().try_filter_with(0, async |calls, name| tick(calls, name.len() > least).await);
        let calls = calls.try_skip_while(async |_| {
            pause().await;
            Ok(least == 0)
        });
        let (values, errors): (Vec<&String>, Vec<usize>) = calls.partition_result().await;
        let any = all().try_any(async |name| {
            pause().await;
            name.len() > least
        });
        (known, values.len(), errors.len(), any.await)
    });
    assert_eq!(found, (vec![Ok(2), Err(4), Ok(3)], 2, 1, Ok(true)));
}

/// Whatever the shape, a state is lent.
#[test]
fn states_that_change() {
    let counts = spawn(async {
        let names = ["b", "a", "cc"].map(String::from);
        let all = || names.iter().into_async_iter();
        let update = async |calls: &mut u32, name: &mut &String| {
            *name = tick(calls, *name).await;
        };
        [
            all().positions_with(0, async |calls, name| tick(calls, name.len() == 2).await).count().await,
            all().dedup_by_with(0, async |calls, a, b| tick(calls, a == b).await).count().await,
            all().coalesce_with(0, async |calls, a, b| tick(calls, Err((a, b))).await).count().await,
            all().dedup_by_key_with(0, async |calls, name| tick(calls, name.len()).await).count().await,
            all().map_windows_with(0, async |calls, [a, b]| tick(calls, a < b).await).count().await,
            all().intersperse_with_with(0, async |calls| tick(calls, &names[0]).await).count().await,
            all().merge_by_with(0, all(), async |calls, a, b| tick(calls, a < b).await).count().await,
            all().sorted_by_with(0, async |calls, a, b| tick(calls, a.cmp(b)).await).count().await,
            all().update_with(0, update).count().await,
        ]
    });
    assert_eq!(counts, [1, 3, 3, 2, 2, 5, 6, 3, 3]);
}

async fn tick<T>(calls: &mut u32, value: T) -> T {
    *calls += 1;
    pause().await;
    value
}

/// Those that make two collections of one stream, or one stream of many; of borrowed items, and of owned ones.
#[test]
fn what_comes_of_many_or_goes_to_two() {
    let (borrowed, owned) = spawn(async {
        let (names, two) = (["b", "a", "cc", "cc"].map(String::from), 2);
        let all = || names.iter().into_async_iter();
        let (mut parts, mut kinds): (_, (Vec<_>, Vec<_>)) = (Vec::new(), (Vec::new(), Vec::new()));
        let (long, short) =
            all().partition_with::<_, Vec<_>, _, _>(0, async |calls, name| tick(calls, name.len() == two).await).await;
        parts.extend([long.len(), short.len()]);
        let (long, short) = all()
            .partition_map_with::<_, Vec<_>, Vec<_>, _, _, _, _>(0, async |calls, name| {
                tick(calls, if name.len() == two { Either::Left(name) } else { Either::Right(name.len()) }).await
            })
            .await;
        parts.extend([long.len(), short.len()]);
        let twice = all().duplicates_by(async |name| {
            pause().await;
            name.len().min(two)
        });
        parts.push(twice.count().await);
        parts.push(all().duplicates_by_with(0, async |calls, name| tick(calls, name.len()).await).count().await);
        let less = async |calls: &mut u32, a: &&String, b: &&String| tick(calls, a < b).await;
        parts.push([all(), all()].into_async_iter().kmerge_by_with(0, less).count().await);
        let owned = || names.clone().into_async_iter();
        kinds.0.push(owned().partition::<Vec<_>, _, _>(async |name| name.len() == two).await);
        let halved =
            owned().partition_with::<_, Vec<_>, _, _>(0, async |calls, name| tick(calls, name.len() == two).await);
        kinds.1.push(halved.await);
        (parts, kinds.0 == kinds.1)
    });
    assert_eq!((borrowed, owned), (vec![2, 2, 2, 2, 2, 2, 8], true));
}

/// What they change, or own, outside of the task.
#[test]
fn captures_of_what_comes_of_many_or_goes_to_two() {
    let (names, mut calls) = (["b", "a", "cc", "cc"].map(String::from), 0);
    let all = || names.iter().into_async_iter();
    let (long, short) = run(all().partition_mut::<Vec<_>, _>(async |name| tick(&mut calls, name.len() == 2).await));
    let (left, right) = run(all().partition_map_mut::<Vec<_>, Vec<_>, _, _, _>(async |name| {
        tick(&mut calls, if name.len() == 2 { Either::Left(name) } else { Either::Right(name.len()) }).await
    }));
    assert_eq!([long.len(), short.len(), left.len(), right.len()], [2; 4]);
    assert_eq!(run(all().duplicates_by_mut(async |name| tick(&mut calls, name.len()).await).count()), 2);
    let merged = [all(), all()].into_async_iter().kmerge_by_mut(async |a, b| tick(&mut calls, a < b).await);
    assert_eq!(run(merged.count()), 8);
    let separated = all().intersperse_with_mut(async || tick(&mut calls, &names[0]).await);
    assert_eq!(run(separated.count()), 7);
    let reduced = all().try_reduce_mut(async |a, b| tick(&mut calls, Some(if a < b { a } else { b })).await);
    assert_eq!(run(reduced), Some(Some(&names[1])));
    let owned = names.clone();
    let own = names.into_async_iter().partition_mut::<Vec<_>, _>(async move |name| {
        pause().await;
        owned.contains(name)
    });
    assert_eq!(spawn(own).0.len(), 4);
}

#[test]
fn reduced_until_there_is_an_end() {
    let last = spawn(async {
        let names = ["b", "a", "cc"].map(String::from);
        let reduced = names.iter().into_async_iter().try_reduce_with(0, async |calls, a, b| {
            tick(calls, if a.len() < b.len() { ControlFlow::Break(b.clone()) } else { ControlFlow::Continue(b) }).await
        });
        reduced.await.break_value()
    });
    assert_eq!(last, Some("cc".into()));
}

/// What changes its captures, or owns them, and is `Send` where it is made; in a task it takes a state, as above.
#[test]
fn changed_and_owned_captures_outside_of_the_task() {
    let (mut calls, text) = (0, String::from("abc"));
    let steps = (0..6_u64).into_async_iter().dedup_by_mut(async move |a, b| {
        calls += 1;
        pause().await;
        a / 2 == b / 2 && calls + text.len() > 0
    });
    let mut windows = 0;
    let windows = steps.map_windows_mut(async move |[a, b]| {
        windows += 1;
        pause().await;
        b - a + windows
    });
    assert_eq!(spawn(windows.sum::<u64>()), 2 + 2 + 1 + 2);
}

fn longest_first<'x, T, S>(names: S) -> impl Stream<Item = T> + Send + use<'x, T, S>
where
    T: AsRef<str> + Send + Sync + 'x,
    S: Stream<Item = T> + Send,
{
    let unequal = names.dedup_by(async |a, b| {
        pause().await;
        a.as_ref() == b.as_ref()
    });
    unequal.sorted_by(async |a, b| {
        pause().await;
        b.as_ref().len().cmp(&a.as_ref().len())
    })
}

#[test]
fn returned_by_generic_functions() {
    let found = spawn(async {
        let names = ["b", "b", "cc"].map(String::from);
        let borrowed = longest_first(names.iter().into_async_iter()).join(" ").await;
        (borrowed, longest_first(names.into_async_iter()).join(" ").await)
    });
    assert_eq!(found, ("cc b".into(), "cc b".into()));
}
