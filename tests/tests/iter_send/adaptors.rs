//! The methods that take a closure. A cell is a test, named `method::place::capture::items`.

use onpar_iter::{
    AsyncIterator as _, AsyncIteratorMut as _, AsyncIteratorWith as _, AsyncItertools as _, AsyncItertoolsMut as _,
    AsyncItertoolsWith as _, IntoAsyncIterator as _, Stream,
};

use crate::{
    always, known, len, length, names, never, nothing, one, order, pause, run, some, sorted, spawn, unequal, well,
};

/// A call of a method with a closure: what it takes, what it captures, and the items.
macro_rules! call {
    // It takes an item by value.
    (value $give:ident none $items:expr, $name:ident) => {
        $items.$name(async |n| {
            pause().await;
            $give(len(&n))
        })
    };
    (value $give:ident shared $items:expr, $name:ident, $k:ident) => {
        $items.$name(async |n| {
            pause().await;
            $give(len(&n) + $k.len())
        })
    };
    (value $give:ident mutable $items:expr, $name:ident, $k:ident) => {
        $items.$name(async |n| {
            $k.push('k');
            pause().await;
            $give(len(&n) + $k.len())
        })
    };
    (value $give:ident owned $items:expr, $name:ident, $k:ident) => {
        $items.$name(async move |n| {
            pause().await;
            $give(len(&n) + $k.len())
        })
    };
    (value $give:ident state $items:expr, $name:ident, $k:expr) => {
        $items.$name($k, async |k, n| {
            pause().await;
            $give(len(&n) + k.len())
        })
    };
    // By reference.
    (reference $give:ident none $items:expr, $name:ident) => {
        $items.$name(async |n| {
            pause().await;
            $give(len(n))
        })
    };
    (reference $give:ident shared $items:expr, $name:ident, $k:ident) => {
        $items.$name(async |n| {
            pause().await;
            $give(len(n) + $k.len())
        })
    };
    (reference $give:ident mutable $items:expr, $name:ident, $k:ident) => {
        $items.$name(async |n| {
            $k.push('k');
            pause().await;
            $give(len(n) + $k.len())
        })
    };
    (reference $give:ident owned $items:expr, $name:ident, $k:ident) => {
        $items.$name(async move |n| {
            pause().await;
            $give(len(n) + $k.len())
        })
    };
    (reference $give:ident state $items:expr, $name:ident, $k:expr) => {
        $items.$name($k, async |k, n| {
            pause().await;
            $give(len(n) + k.len())
        })
    };
    // Two by reference.
    (references $give:ident none $items:expr, $name:ident) => {
        $items.$name(async |a, b| {
            pause().await;
            $give(len(a), len(b))
        })
    };
    (references $give:ident shared $items:expr, $name:ident, $k:ident) => {
        $items.$name(async |a, b| {
            pause().await;
            $give(len(a), len(b) + $k.len())
        })
    };
    (references $give:ident mutable $items:expr, $name:ident, $k:ident) => {
        $items.$name(async |a, b| {
            $k.push('k');
            pause().await;
            $give(len(a), len(b) + $k.len())
        })
    };
    (references $give:ident owned $items:expr, $name:ident, $k:ident) => {
        $items.$name(async move |a, b| {
            pause().await;
            $give(len(a), len(b) + $k.len())
        })
    };
    (references $give:ident state $items:expr, $name:ident, $k:expr) => {
        $items.$name($k, async |k, a, b| {
            pause().await;
            $give(len(a), len(b) + k.len())
        })
    };
    // What has been accumulated, and an item, by value.
    (accumulated $give:ident none $items:expr, $name:ident) => {
        $items.$name(0, async |sum, n| {
            pause().await;
            $give(sum + len(&n))
        })
    };
    (accumulated $give:ident shared $items:expr, $name:ident, $k:ident) => {
        $items.$name(0, async |sum, n| {
            pause().await;
            $give(sum + len(&n) + $k.len())
        })
    };
    (accumulated $give:ident mutable $items:expr, $name:ident, $k:ident) => {
        $items.$name(0, async |sum, n| {
            $k.push('k');
            pause().await;
            $give(sum + len(&n) + $k.len())
        })
    };
    (accumulated $give:ident owned $items:expr, $name:ident, $k:ident) => {
        $items.$name(0, async move |sum, n| {
            pause().await;
            $give(sum + len(&n) + $k.len())
        })
    };
    (accumulated $give:ident state $items:expr, $name:ident, $k:expr) => {
        $items.$name($k, 0, async |k, sum, n| {
            pause().await;
            $give(sum + len(&n) + k.len())
        })
    };
}

/// To its end.
macro_rules! end {
    // Not within a future that must be `Send`.
    (@run stream $made:expr) => {
        assert_eq!(run($made.count()), 3)
    };
    (@run future $made:expr) => {{
        let _ = run($made);
    }};
    (stream $made:expr) => {
        $made.count().await
    };
    (future $made:expr) => {{
        let _ = $made.await;
        3
    }};
}

/// What a generic function returns.
macro_rules! returned {
    (stream $($bounds:tt)*) => { impl Stream + Send + $($bounds)* };
    (future $($bounds:tt)*) => { impl Future + Send + $($bounds)* };
}

macro_rules! table {
    ($($name:ident $name_mut:ident $name_with:ident: $takes:ident, gives $give:ident, is a $end:ident)*) => {$(
        mod $name {
            use super::*;

            mod inside {
                use super::*;

                table!(@inside $name $name_with $takes $give $end owned into_iter);
                table!(@inside $name $name_with $takes $give $end borrowed iter);
            }

            mod outside {
                use super::*;

                table!(@outside $name $name_mut $takes $give $end owned into_iter);
                table!(@outside $name $name_mut $takes $give $end borrowed iter);
            }

            mod returned {
                use super::*;

                fn none<'x, T, S>(items: S) -> returned!($end use<'x, T, S>)
                where
                    T: AsRef<str> + Send + Sync + 'x,
                    S: Stream<Item = T> + Send,
                {
                    call!($takes $give none items, $name)
                }

                fn state<'x, T, S, K>(items: S, k: K) -> returned!($end use<'x, T, S, K>)
                where
                    T: AsRef<str> + Send + Sync + 'x,
                    S: Stream<Item = T> + Send,
                    K: core::ops::Deref<Target = str> + Send + Sync + 'x,
                {
                    call!($takes $give state items, $name_with, k)
                }

                #[test]
                fn owned() {
                    assert_eq!(spawn(async { end!($end none(names().into_async_iter())) }), 3);
                    let counted = async {
                        let mut k = String::from("k");
                        let shared = end!($end state(names().into_async_iter(), k.as_str()));
                        let mutable = end!($end state(names().into_async_iter(), k.as_mut_str()));
                        [shared, mutable, end!($end state(names().into_async_iter(), String::from("k")))]
                    };
                    assert_eq!(spawn(counted), [3, 3, 3]);
                }

                #[test]
                fn borrowed() {
                    let counted = async {
                        let (names, mut k) = (names(), String::from("k"));
                        let none = end!($end none(names.iter().into_async_iter()));
                        let shared = end!($end state(names.iter().into_async_iter(), k.as_str()));
                        let mutable = end!($end state(names.iter().into_async_iter(), k.as_mut_str()));
                        [none, shared, mutable, end!($end state(names.iter().into_async_iter(), String::from("k")))]
                    };
                    assert_eq!(spawn(counted), [3, 3, 3, 3]);
                }
            }
        }
    )*};
    (@inside $name:ident $name_with:ident $takes:ident $give:ident $end:ident $items:ident $into:ident) => {
        mod $items {
            use super::*;

            #[test]
            fn none() {
                let counted = async {
                    let names = names();
                    end!($end call!($takes $give none names.$into().into_async_iter(), $name))
                };
                assert_eq!(spawn(counted), 3);
            }

            #[test]
            fn shared() {
                let counted = async {
                    let (names, k) = (names(), String::from("k"));
                    end!($end call!($takes $give shared names.$into().into_async_iter(), $name, k))
                };
                assert_eq!(spawn(counted), 3);
            }

            #[test]
            fn mutable() {
                let counted = async {
                    let (names, mut k) = (names(), String::from("k"));
                    let counted = end!($end call!($takes $give state names.$into().into_async_iter(), $name_with, &mut k));
                    k.push('k');
                    counted
                };
                assert_eq!(spawn(counted), 3);
            }

            #[test]
            fn owned() {
                let counted = async {
                    let (names, k) = (names(), String::from("k"));
                    end!($end call!($takes $give state names.$into().into_async_iter(), $name_with, k))
                };
                assert_eq!(spawn(counted), 3);
            }
        }
    };
    (@outside $name:ident $name_mut:ident $takes:ident $give:ident $end:ident $items:ident $into:ident) => {
        mod $items {
            use super::*;

            #[test]
            fn none() {
                let names = names();
                let made = call!($takes $give none names.$into().into_async_iter(), $name);
                assert_eq!(run(async { end!($end made) }), 3);
            }

            #[test]
            fn shared() {
                let (names, k) = (names(), String::from("k"));
                let made = call!($takes $give shared names.$into().into_async_iter(), $name, k);
                assert_eq!(run(async { end!($end made) }), 3);
            }

            #[test]
            fn mutable() {
                let (names, mut k) = (names(), String::from("k"));
                let made = call!($takes $give mutable names.$into().into_async_iter(), $name_mut, k);
                end!(@run $end made);
                k.push('k');
            }

            #[test]
            fn owned() {
                let (names, k) = (names(), String::from("k"));
                let made = call!($takes $give owned names.$into().into_async_iter(), $name_mut, k);
                end!(@run $end made);
            }
        }
    };
}

table! {
    map map_mut map_with: value, gives length, is a stream
    filter_map filter_map_mut filter_map_with: value, gives some, is a stream
    map_while map_while_mut map_while_with: value, gives some, is a stream
    flat_map flat_map_mut flat_map_with: value, gives one, is a stream
    filter filter_mut filter_with: reference, gives always, is a stream
    inspect inspect_mut inspect_with: reference, gives nothing, is a stream
    skip_while skip_while_mut skip_while_with: reference, gives never, is a stream
    take_while take_while_mut take_while_with: reference, gives always, is a stream
    for_each for_each_mut for_each_with: value, gives nothing, is a future
    try_for_each try_for_each_mut try_for_each_with: value, gives well, is a future
    any any_mut any_with: value, gives never, is a future
    all all_mut all_with: value, gives always, is a future
    position position_mut position_with: value, gives never, is a future
    find_map find_map_mut find_map_with: value, gives some, is a future
    find find_mut find_with: reference, gives never, is a future
    max_by_key max_by_key_mut max_by_key_with: reference, gives length, is a future
    min_by_key min_by_key_mut min_by_key_with: reference, gives length, is a future
    max_by max_by_mut max_by_with: references, gives order, is a future
    min_by min_by_mut min_by_with: references, gives order, is a future
    is_sorted_by is_sorted_by_mut is_sorted_by_with: references, gives sorted, is a future
    fold fold_mut fold_with: accumulated, gives length, is a future
    try_fold try_fold_mut try_fold_with: accumulated, gives some, is a future

    dedup_by dedup_by_mut dedup_by_with: references, gives unequal, is a stream
    dedup_by_with_count dedup_by_with_count_mut dedup_by_with_count_with: references, gives unequal, is a stream
    dedup_by_key dedup_by_key_mut dedup_by_key_with: reference, gives length, is a stream
    unique_by unique_by_mut unique_by_with: reference, gives length, is a stream
    chunk_by chunk_by_mut chunk_by_with: reference, gives length, is a stream
    take_while_inclusive take_while_inclusive_mut take_while_inclusive_with: reference, gives always, is a stream
    positions positions_mut positions_with: value, gives always, is a stream
    update update_mut update_with: reference, gives nothing, is a stream
    sorted_by sorted_by_mut sorted_by_with: references, gives order, is a stream
    sorted_by_key sorted_by_key_mut sorted_by_key_with: reference, gives length, is a stream
    minmax_by_key minmax_by_key_mut minmax_by_key_with: reference, gives length, is a future
    max_set_by_key max_set_by_key_mut max_set_by_key_with: reference, gives length, is a future
    min_set_by_key min_set_by_key_mut min_set_by_key_with: reference, gives length, is a future
    into_group_map_by into_group_map_by_mut into_group_map_by_with: reference, gives length, is a future
    counts_by counts_by_mut counts_by_with: value, gives length, is a future
    find_position find_position_mut find_position_with: reference, gives never, is a future
    try_find try_find_mut try_find_with: reference, gives known, is a future
}
