//! The methods that take a closure. A cell is a function, named `method::place::items::capture`: what is made inside of a task
//! and outside is only compiled, what generic functions return is run as well. What the methods give is tested elsewhere.

use onpar_iter::{
    AsyncIterator as _, AsyncIteratorMut as _, AsyncIteratorWith as _, AsyncItertools as _, AsyncItertoolsMut as _,
    AsyncItertoolsWith as _, AsyncTryIterator as _, AsyncTryIteratorMut as _, AsyncTryIteratorWith as _,
    IntoAsyncIterator as _, Stream, empty, sync,
};

use crate::call::call;
use crate::{
    always, apart, at_least, fine, fine_always, fine_never, fine_some, is_send, is_task, known, len, length, names,
    never, nothing, one, order, pause, some, sorted, spawn, unequal, well,
};

/// To its end.
macro_rules! end {
    // Not within a future that must be `Send`.
    (@outside stream $made:expr) => {
        is_send($made.count())
    };
    (@outside future $made:expr) => {
        is_send($made)
    };
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

            #[expect(dead_code, reason = "that it compiles is the test")]
            mod inside {
                use super::*;

                table!(@inside $name $name_with $takes $give $end owned into_iter);
                table!(@inside $name $name_with $takes $give $end borrowed iter);
            }

            #[expect(dead_code, reason = "that it compiles is the test")]
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

                /// What it captures moves into the closure: a `String`, or a reference.
                fn captures<'x, T, S, K>(items: S, k: K) -> returned!($end use<'x, T, S, K>)
                where
                    T: AsRef<str> + Send + Sync + 'x,
                    S: Stream<Item = T> + Send,
                    K: core::ops::Deref<Target = str> + Send + Sync + 'x,
                {
                    call!($takes $give owned items, $name_mut, k)
                }

                #[test]
                fn owned() {
                    assert_eq!(spawn(async { end!($end none(names().into_async_iter())) }), 3);
                    let counted = async {
                        let mut k = String::from("k");
                        let shared = end!($end state(names().into_async_iter(), k.as_str()));
                        let captured = end!($end captures(names().into_async_iter(), k.as_str()));
                        let mutable = end!($end state(names().into_async_iter(), k.as_mut_str()));
                        [shared, captured, mutable, end!($end state(names().into_async_iter(), String::from("k")))]
                    };
                    assert_eq!(spawn(counted), [3; 4]);
                }

                #[test]
                fn borrowed() {
                    let counted = async {
                        let (names, mut k) = (names(), String::from("k"));
                        let none = end!($end none(names.iter().into_async_iter()));
                        let shared = end!($end state(names.iter().into_async_iter(), k.as_str()));
                        let mutable = end!($end state(names.iter().into_async_iter(), k.as_mut_str()));
                        let owned = end!($end state(names.iter().into_async_iter(), String::from("k")));
                        [none, shared, mutable, owned, end!($end captures(names.iter().into_async_iter(), String::from("k")))]
                    };
                    assert_eq!(spawn(counted), [3; 5]);
                }
            }
        }
    )*};
    (@inside $name:ident $name_with:ident $takes:ident $give:ident $end:ident $items:ident $into:ident) => {
        mod $items {
            use super::*;

            fn none() {
                let counted = async {
                    let names = names();
                    end!($end call!($takes $give none names.$into().into_async_iter(), $name))
                };
                is_task(counted);
            }

            fn shared() {
                let counted = async {
                    let (names, k) = (names(), String::from("k"));
                    end!($end call!($takes $give shared names.$into().into_async_iter(), $name, k))
                };
                is_task(counted);
            }

            fn mutable() {
                let counted = async {
                    let (names, mut k) = (names(), String::from("k"));
                    let counted = end!($end call!($takes $give state names.$into().into_async_iter(), $name_with, &mut k));
                    k.push('k');
                    counted
                };
                is_task(counted);
            }

            fn owned() {
                let counted = async {
                    let (names, k) = (names(), String::from("k"));
                    end!($end call!($takes $give state names.$into().into_async_iter(), $name_with, k))
                };
                is_task(counted);
            }
        }
    };
    (@outside $name:ident $name_mut:ident $takes:ident $give:ident $end:ident $items:ident $into:ident) => {
        mod $items {
            use super::*;

            fn none() {
                let names = names();
                let made = call!($takes $give none names.$into().into_async_iter(), $name);
                is_send(async { end!($end made) });
            }

            fn shared() {
                let (names, k) = (names(), String::from("k"));
                let made = call!($takes $give shared names.$into().into_async_iter(), $name, k);
                is_send(async { end!($end made) });
            }

            fn mutable() {
                let (names, mut k) = (names(), String::from("k"));
                let made = call!($takes $give mutable names.$into().into_async_iter(), $name_mut, k);
                end!(@outside $end made);
                k.push('k');
            }

            fn owned() {
                let (names, k) = (names(), String::from("k"));
                let made = call!($takes $give owned names.$into().into_async_iter(), $name_mut, k);
                end!(@outside $end made);
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
    is_sorted_by_key is_sorted_by_key_mut is_sorted_by_key_with: value, gives length, is a future
    reduce reduce_mut reduce_with: values, gives at_least, is a future
    scan scan_mut scan: scanned, gives some, is a stream
    fold fold_mut fold_with: accumulated, gives length, is a future
    try_fold try_fold_mut try_fold_with: accumulated, gives some, is a future

    dedup_by dedup_by_mut dedup_by_with: references, gives unequal, is a stream
    dedup_by_with_count dedup_by_with_count_mut dedup_by_with_count_with: references, gives unequal, is a stream
    dedup_by_key dedup_by_key_mut dedup_by_key_with: reference, gives length, is a stream
    unique_by unique_by_mut unique_by_with: reference, gives length, is a stream
    coalesce coalesce_mut coalesce_with: values, gives apart, is a stream
    map_windows map_windows_mut map_windows_with: window, gives length, is a stream
    merge_by merge_by_mut merge_by_with: merged, gives sorted, is a stream
    merge_join_by merge_join_by_mut merge_join_by_with: joined, gives order, is a stream
    k_smallest_by_key k_smallest_by_key_mut k_smallest_by_key_with: limited, gives length, is a stream
    k_largest_by_key k_largest_by_key_mut k_largest_by_key_with: limited, gives length, is a stream
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

    map_ok map_ok_mut map_ok_with: ok_value, gives length, is a stream
    map_err map_err_mut map_err_with: err_value, gives length, is a stream
    and_then and_then_mut and_then_with: ok_value, gives fine, is a stream
    or_else or_else_mut or_else_with: err_value, gives fine, is a stream
    inspect_ok inspect_ok_mut inspect_ok_with: ok_reference, gives nothing, is a stream
    inspect_err inspect_err_mut inspect_err_with: err_reference, gives nothing, is a stream
    try_filter try_filter_mut try_filter_with: ok_reference, gives always, is a stream
    try_filter_map try_filter_map_mut try_filter_map_with: ok_value, gives fine_some, is a stream
    try_skip_while try_skip_while_mut try_skip_while_with: ok_reference, gives fine_never, is a stream
    try_take_while try_take_while_mut try_take_while_with: ok_reference, gives fine_always, is a stream
    try_all try_all_mut try_all_with: ok_value, gives always, is a future
    try_any try_any_mut try_any_with: ok_value, gives never, is a future
}
