//! The rows of the adaptors.

use itertools::Itertools;
use onpar_iter::{
    AsyncIterator as _, AsyncItertools as _, AsyncItertoolsMut as _, AsyncItertoolsWith as _, IntoAsyncIterator as _,
    Stream, limit, sync,
};

use crate::table::{Adaptor, adaptor as row};
use crate::world::{Later, World};

/// Of what is gathered before it is given, and knows then how many there are.
fn unhinted<I: IntoIterator>(items: I) -> impl Iterator<Item = I::Item> {
    let mut items = items.into_iter();
    core::iter::from_fn(move || items.next())
}

/// The sums of what there has been: a closure that makes what is given rise.
fn rising(start: i32) -> impl FnMut(i32) -> i32 + Send {
    let mut sum = start;
    move |n| {
        sum += 2 * n.abs();
        sum
    }
}

/// Sorted iterators, of even and of odd numbers: of equal ones, the other crate does not say whose comes first.
fn sorted(w: &World) -> impl Iterator<Item = impl Iterator<Item = i32>> {
    [w.left().map(rising(0)), w.right().map(rising(1))].into_iter()
}

fn sorted_later(w: &World) -> impl Stream<Item = impl Stream<Item = i32> + Send> + Send {
    [Later(w.left()).map(sync(rising(0))), Later(w.right()).map(sync(rising(1)))].into_async_iter()
}

pub(crate) const ALL: &[Adaptor] = &[
    row! {
        |w| w.left().dedup();
        "dedup": Later(w.left()).dedup();
        local
    },
    row! {
        |w| w.left().dedup_by(|a, b| { w.saw([*a, *b]); a % 2 == b % 2 });
        "dedup_by": Later(w.left()).dedup_by(async move |a, b| { w.saw_later([*a, *b]).await; a % 2 == b % 2 });
        "dedup_by_with": Later(w.left()).dedup_by_with(0, async move |calls: &mut u32, a, b| { w.counted(calls, [*a, *b]).await; a % 2 == b % 2 });
        local "dedup_by_mut": { let mut calls = 0; Later(w.left()).dedup_by_mut(async move |a, b| { w.counted(&mut calls, [*a, *b]).await; a % 2 == b % 2 }) };
    },
    row! {
        |w| { let mut last = None; w.left().filter(move |n| { w.saw([*n]); last.replace(n % 3) != Some(n % 3) }) };
        "dedup_by_key": Later(w.left()).dedup_by_key(async move |n| { w.saw_later([*n]).await; n % 3 });
        "dedup_by_key_with": Later(w.left()).dedup_by_key_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "dedup_by_key_mut": { let mut calls = 0; Later(w.left()).dedup_by_key_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| w.left().dedup_with_count();
        "dedup_with_count": Later(w.left()).dedup_with_count();
        local
    },
    row! {
        |w| w.left().dedup_by_with_count(|a, b| { w.saw([*a, *b]); a % 2 == b % 2 });
        "dedup_by_with_count": Later(w.left()).dedup_by_with_count(async move |a, b| { w.saw_later([*a, *b]).await; a % 2 == b % 2 });
        "dedup_by_with_count_with": Later(w.left()).dedup_by_with_count_with(0, async move |calls: &mut u32, a, b| { w.counted(calls, [*a, *b]).await; a % 2 == b % 2 });
        local "dedup_by_with_count_mut": { let mut calls = 0; Later(w.left()).dedup_by_with_count_mut(async move |a, b| { w.counted(&mut calls, [*a, *b]).await; a % 2 == b % 2 }) };
    },
    row! {
        |w| w.left().coalesce(|a, b| { w.saw([a, b]); if (a + b) % 3 == 0 { Ok(a + b) } else { Err((a, b)) } });
        "coalesce": Later(w.left()).coalesce(async move |a, b| { w.saw_later([a, b]).await; if (a + b) % 3 == 0 { Ok(a + b) } else { Err((a, b)) } });
        "coalesce_with": Later(w.left()).coalesce_with(0, async move |calls: &mut u32, a, b| { w.counted(calls, [a, b]).await; if (a + b) % 3 == 0 { Ok(a + b) } else { Err((a, b)) } });
        local "coalesce_mut": { let mut calls = 0; Later(w.left()).coalesce_mut(async move |a, b| { w.counted(&mut calls, [a, b]).await; if (a + b) % 3 == 0 { Ok(a + b) } else { Err((a, b)) } }) };
    },
    row! {
        |w| unhinted(w.left().chunk_by(|n| { w.saw([*n]); n % 2 }).into_iter().map(|(key, chunk)| (key, chunk.collect::<Vec<_>>())).collect::<Vec<_>>());
        "chunk_by": Later(w.left()).chunk_by(async move |n| { w.saw_later([*n]).await; n % 2 });
        "chunk_by_with": Later(w.left()).chunk_by_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 2 });
        local "chunk_by_mut": { let mut calls = 0; Later(w.left()).chunk_by_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 2 }) };
    },
    row! {
        |w| w.left().tuple_windows::<(_, _)>();
        "tuple_windows": Later(w.left()).tuple_windows::<(_, _)>();
        local
    },
    row! {
        |w| w.left().tuple_windows::<(_, _, _, _)>();
        "tuple_windows": Later(w.left()).tuple_windows::<(_, _, _, _)>();
        local
    },
    row! {
        |w| w.left().tuple_windows().map(|(a, b)| { w.saw([a, b]); a * 2 + b });
        "map_windows": Later(w.left()).map_windows(async move |[a, b]: &[i32; 2]| { w.saw_later([*a, *b]).await; a * 2 + b });
        "map_windows_with": Later(w.left()).map_windows_with(0, async move |calls: &mut u32, [a, b]: &[i32; 2]| { w.counted(calls, [*a, *b]).await; a * 2 + b });
        local "map_windows_mut": { let mut calls = 0; Later(w.left()).map_windows_mut(async move |[a, b]: &[i32; 2]| { w.counted(&mut calls, [*a, *b]).await; a * 2 + b }) };
    },
    row! {
        |w| w.left().map(|n| { w.saw([n]); n * 2 });
        "map_windows": Later(w.left()).map_windows(async move |[n]: &[i32; 1]| { w.saw_later([*n]).await; n * 2 });
        "map_windows_with": Later(w.left()).map_windows_with(0, async move |calls: &mut u32, [n]: &[i32; 1]| { w.counted(calls, [*n]).await; n * 2 });
        local "map_windows_mut": { let mut calls = 0; Later(w.left()).map_windows_mut(async move |[n]: &[i32; 1]| { w.counted(&mut calls, [*n]).await; n * 2 }) };
    },
    row! {
        |w| w.left().tuple_windows().map(|(a, b, c)| { w.saw([a, b, c]); a * 2 + b - c });
        "map_windows": Later(w.left()).map_windows(async move |[a, b, c]: &[i32; 3]| { w.saw_later([*a, *b, *c]).await; a * 2 + b - c });
        "map_windows_with": Later(w.left()).map_windows_with(0, async move |calls: &mut u32, [a, b, c]: &[i32; 3]| { w.counted(calls, [*a, *b, *c]).await; a * 2 + b - c });
        local "map_windows_mut": { let mut calls = 0; Later(w.left()).map_windows_mut(async move |[a, b, c]: &[i32; 3]| { w.counted(&mut calls, [*a, *b, *c]).await; a * 2 + b - c }) };
    },
    row! {
        |w| w.left().map(|n| [n]);
        "array_chunks": Later(w.left()).array_chunks::<1>();
        local
    },
    row! {
        |w| w.left().tuples().map(|(a, b, c)| [a, b, c]);
        "array_chunks": Later(w.left()).array_chunks::<3>();
        local
    },
    row! {
        |w| unhinted(w.left().chunks(1).into_iter().map(Itertools::collect_vec).collect::<Vec<_>>());
        "chunks": Later(w.left()).chunks(limit!(1));
        local
    },
    row! {
        |w| unhinted(w.left().chunks(3).into_iter().map(Itertools::collect_vec).collect::<Vec<_>>());
        "chunks": Later(w.left()).chunks(limit!(3));
        local
    },
    row! {
        |w| w.left().take_while_inclusive(|n| { w.saw([*n]); *n < 4 });
        "take_while_inclusive": Later(w.left()).take_while_inclusive(async move |n| { w.saw_later([*n]).await; *n < 4 });
        "take_while_inclusive_with": Later(w.left()).take_while_inclusive_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; *n < 4 });
        local "take_while_inclusive_mut": { let mut calls = 0; Later(w.left()).take_while_inclusive_mut(async move |n| { w.counted(&mut calls, [*n]).await; *n < 4 }) };
    },
    row! {
        |w| w.left().tail(0);
        "tail": Later(w.left()).tail(0);
        local
    },
    row! {
        |w| w.left().tail(2);
        "tail": Later(w.left()).tail(2);
        local
    },
    row! {
        |w| w.left().refs().unique();
        "unique": Later(w.left().refs()).unique();
        local
    },
    row! {
        |w| w.left().unique_by(|n| { w.saw([*n]); n % 3 });
        "unique_by": Later(w.left()).unique_by(async move |n| { w.saw_later([*n]).await; n % 3 });
        "unique_by_with": Later(w.left()).unique_by_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "unique_by_mut": { let mut calls = 0; Later(w.left()).unique_by_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| w.left().duplicates();
        "duplicates": Later(w.left()).duplicates();
        local
    },
    row! {
        |w| w.left().duplicates_by(|n| { w.saw([*n]); n % 3 });
        "duplicates_by": Later(w.left()).duplicates_by(async move |n| { w.saw_later([*n]).await; n % 3 });
        "duplicates_by_with": Later(w.left()).duplicates_by_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "duplicates_by_mut": { let mut calls = 0; Later(w.left()).duplicates_by_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| w.left().positions(|n| { w.saw([n]); n % 2 == 0 });
        "positions": Later(w.left()).positions(async move |n| { w.saw_later([n]).await; n % 2 == 0 });
        "positions_with": Later(w.left()).positions_with(0, async move |calls: &mut u32, n| { w.counted(calls, [n]).await; n % 2 == 0 });
        local "positions_mut": { let mut calls = 0; Later(w.left()).positions_mut(async move |n| { w.counted(&mut calls, [n]).await; n % 2 == 0 }) };
    },
    row! {
        |w| w.left().update(|n| { w.saw([*n]); *n += 7; });
        "update": Later(w.left()).update(async move |n| { w.saw_later([*n]).await; *n += 7; });
        "update_with": Later(w.left()).update_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; *n += 7; });
        local "update_mut": { let mut calls = 0; Later(w.left()).update_mut(async move |n| { w.counted(&mut calls, [*n]).await; *n += 7; }) };
    },
    row! {
        |w| w.left().with_position();
        "with_position": Later(w.left()).with_position();
        local
    },
    row! {
        |w| Itertools::intersperse(w.left(), 7);
        "intersperse": Later(w.left()).intersperse(7);
        local
    },
    row! {
        |w| Itertools::intersperse_with(w.left(), || { w.saw([]); 7 });
        "intersperse_with": Later(w.left()).intersperse_with(async move || { w.saw_later([]).await; 7 });
        "intersperse_with_with": Later(w.left()).intersperse_with_with(0, async move |calls: &mut u32| { w.counted(calls, []).await; 7 });
        local "intersperse_with_mut": { let mut calls = 0; Later(w.left()).intersperse_with_mut(async move || { w.counted(&mut calls, []).await; 7 }) };
    },
    row! {
        |w| w.left().interleave(w.right());
        "interleave": Later(w.left()).interleave(Later(w.right()));
        local
    },
    row! {
        |w| w.left().interleave_shortest(w.right());
        "interleave_shortest": Later(w.left()).interleave_shortest(Later(w.right()));
        local
    },
    row! {
        |w| w.left().zip_longest(w.right());
        "zip_longest": Later(w.left()).zip_longest(Later(w.right()));
        local
    },
    row! {
        |w| w.left().merge_by(w.right(), |a, b| { w.saw([*a, *b]); a <= b });
        "merge_by": Later(w.left()).merge_by(Later(w.right()), async move |a, b| { w.saw_later([*a, *b]).await; a <= b });
        "merge_by_with": Later(w.left()).merge_by_with(0, Later(w.right()), async move |calls: &mut u32, a, b| { w.counted(calls, [*a, *b]).await; a <= b });
        local "merge_by_mut": { let mut calls = 0; Later(w.left()).merge_by_mut(Later(w.right()), async move |a, b| { w.counted(&mut calls, [*a, *b]).await; a <= b }) };
    },
    row! {
        |w| w.left().merge_join_by(w.right(), |a, b| { w.saw([*a, *b]); a.cmp(b) });
        "merge_join_by": Later(w.left()).merge_join_by(Later(w.right()), async move |a, b| { w.saw_later([*a, *b]).await; a.cmp(b) });
        "merge_join_by_with": Later(w.left()).merge_join_by_with(0, Later(w.right()), async move |calls: &mut u32, a, b| { w.counted(calls, [*a, *b]).await; a.cmp(b) });
        local "merge_join_by_mut": { let mut calls = 0; Later(w.left()).merge_join_by_mut(Later(w.right()), async move |a, b| { w.counted(&mut calls, [*a, *b]).await; a.cmp(b) }) };
    },
    row! {
        |w| unhinted(sorted(w).kmerge().collect::<Vec<_>>());
        "kmerge": sorted_later(w).kmerge();
        local
    }
    .that_begins_with_all_of(2),
    row! {
        |w| unhinted(sorted(w).kmerge_by(|a: &i32, b: &i32| a < b));
        "kmerge_by": sorted_later(w).kmerge_by(async move |a, b| { w.pause().await; a < b });
        "kmerge_by_with": sorted_later(w).kmerge_by_with(0, async move |calls: &mut u32, a, b| { *calls += 1; w.pause().await; a < b });
        local "kmerge_by_mut": { let mut calls = 0; sorted_later(w).kmerge_by_mut(async move |a, b| { calls += 1; w.pause().await; a < b }) };
    }
    .that_begins_with_all_of(2),
    row! {
        |w| { let (left, right) = w.left().tee(); drop(right); left };
        "tee": { let (left, right) = Later(w.left()).tee(limit!(1)); drop(right); left };
        local
    },
    row! {
        |w| { let (left, right) = w.left().tee(); right.zip(left) };
        "tee": { let (left, right) = Later(w.left()).tee(limit!(1)); right.zip(left) };
        local
    },
    row! {
        |w| w.left().sorted();
        "sorted": Later(w.left()).sorted();
        local
    },
    row! {
        |w| w.left().sorted_by(|a, b| (a % 3).cmp(&(b % 3)));
        "sorted_by": Later(w.left()).sorted_by(async move |a, b| { w.pause().await; (a % 3).cmp(&(b % 3)) });
        "sorted_by_with": Later(w.left()).sorted_by_with(0, async move |calls: &mut u32, a, b| { *calls += 1; w.pause().await; (a % 3).cmp(&(b % 3)) });
        local "sorted_by_mut": { let mut calls = 0; Later(w.left()).sorted_by_mut(async move |a, b| { calls += 1; w.pause().await; (a % 3).cmp(&(b % 3)) }) };
    },
    row! {
        |w| w.left().map(|n| { w.saw([n]); (n % 3, n) }).sorted_by_key(|(key, _)| *key).map(|(_, n)| n);
        "sorted_by_key": Later(w.left()).sorted_by_key(async move |n| { w.saw_later([*n]).await; n % 3 });
        "sorted_by_key_with": Later(w.left()).sorted_by_key_with(0, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "sorted_by_key_mut": { let mut calls = 0; Later(w.left()).sorted_by_key_mut(async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| w.left().k_smallest(0);
        "k_smallest": Later(w.left()).k_smallest(0);
        local
    },
    row! {
        |w| w.left().k_largest(0);
        "k_largest": Later(w.left()).k_largest(0);
        local
    },
    row! {
        |w| w.left().k_smallest(3);
        "k_smallest": Later(w.left()).k_smallest(3);
        local
    },
    row! {
        |w| w.left().k_largest(3);
        "k_largest": Later(w.left()).k_largest(3);
        local
    },
    row! {
        |w| w.left().map(|n| { w.saw([n]); (n % 3, n) }).sorted_by_key(|(key, _)| *key).map(|(_, n)| n).take(3);
        "k_smallest_by_key": Later(w.left()).k_smallest_by_key(3, async move |n| { w.saw_later([*n]).await; n % 3 });
        "k_smallest_by_key_with": Later(w.left()).k_smallest_by_key_with(0, 3, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "k_smallest_by_key_mut": { let mut calls = 0; Later(w.left()).k_smallest_by_key_mut(3, async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
    row! {
        |w| w.left().map(|n| { w.saw([n]); (n % 3, n) }).sorted_by_key(|(key, _)| core::cmp::Reverse(*key)).map(|(_, n)| n).take(3);
        "k_largest_by_key": Later(w.left()).k_largest_by_key(3, async move |n| { w.saw_later([*n]).await; n % 3 });
        "k_largest_by_key_with": Later(w.left()).k_largest_by_key_with(0, 3, async move |calls: &mut u32, n| { w.counted(calls, [*n]).await; n % 3 });
        local "k_largest_by_key_mut": { let mut calls = 0; Later(w.left()).k_largest_by_key_mut(3, async move |n| { w.counted(&mut calls, [*n]).await; n % 3 }) };
    },
];
