//! Concurrent pipelines: their closures are called at once, and so capture nothing, or by reference. What they change is
//! behind a lock, or counted by an atomic.

use std::sync::Mutex;

use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, Stream, limit};

use crate::{always, is_send, is_task, len, length, names, nothing, pause, some, spawn, well};

/// A stage: what it takes, what it captures, and the pipeline before it.
macro_rules! call {
    (value $give:ident none $pipeline:expr, $name:ident) => {
        $pipeline.$name(async |n| {
            pause().await;
            $give(len(&n))
        })
    };
    (value $give:ident shared $pipeline:expr, $name:ident, $k:ident) => {
        $pipeline.$name(async |n| {
            $k.lock().expect("no panic").push('k');
            pause().await;
            $give(len(&n) + $k.lock().expect("no panic").len())
        })
    };
    (reference $give:ident none $pipeline:expr, $name:ident) => {
        $pipeline.$name(async |n| {
            pause().await;
            $give(len(n))
        })
    };
    (reference $give:ident shared $pipeline:expr, $name:ident, $k:ident) => {
        $pipeline.$name(async |n| {
            $k.lock().expect("no panic").push('k');
            pause().await;
            $give(len(n) + $k.lock().expect("no panic").len())
        })
    };
}

macro_rules! end {
    (stage $made:expr) => {
        $made.collect::<Vec<_>>().await.len()
    };
    (future $made:expr) => {{
        let _ = $made.await;
        3
    }};
}

/// The pipeline before the stage.
macro_rules! pipeline {
    (given $items:expr) => {
        $items.concurrent(limit!(2))
    };
    (claimed $items:expr) => {
        $items.concurrent(limit!(2)).unordered().on_unfinished(|_| ())
    };
    (lent $items:expr) => {
        $items.concurrent(limit!(2)).on_unfinished_lent(|_| ())
    };
}

macro_rules! table {
    ($($test:ident: $before:ident $name:ident $takes:ident, gives $give:ident, is a $end:ident)*) => {$(
        mod $test {
            use super::*;

            table!(@items $before $name $takes $give $end owned into_iter);
            table!(@items $before $name $takes $give $end borrowed iter);

            async fn generic<T, S>(items: S) -> usize
            where
                T: AsRef<str> + Clone + Send + Sync,
                S: Stream<Item = T> + Send,
            {
                end!($end call!($takes $give none pipeline!($before items), $name))
            }

            #[test]
            fn returned() {
                let counted = async {
                    let names = names();
                    generic(names.iter().into_async_iter()).await + generic(names.into_async_iter()).await
                };
                assert_eq!(spawn(counted), 6);
            }
        }
    )*};
    (@items $before:ident $name:ident $takes:ident $give:ident $end:ident $items:ident $into:ident) => {
        #[expect(dead_code, reason = "that it compiles is the test")]
        mod $items {
            use super::*;

            fn none_inside() {
                let counted = async {
                    let names = names();
                    let pipeline = pipeline!($before names.$into().into_async_iter());
                    end!($end call!($takes $give none pipeline, $name))
                };
                is_task(counted);
            }

            fn shared_inside() {
                let counted = async {
                    let (names, k) = (names(), Mutex::new(String::new()));
                    let pipeline = pipeline!($before names.$into().into_async_iter());
                    end!($end call!($takes $give shared pipeline, $name, k))
                };
                is_task(counted);
            }

            fn shared_outside() {
                let (names, k) = (names(), Mutex::new(String::new()));
                let pipeline = pipeline!($before names.$into().into_async_iter());
                let made = call!($takes $give shared pipeline, $name, k);
                is_send(async { end!($end made) });
                drop(k);
            }
        }
    };
}

table! {
    map: given map value, gives length, is a stage
    filter_map: given filter_map value, gives some, is a stage
    filter: given filter reference, gives always, is a stage
    for_each: given for_each value, gives nothing, is a future
    try_for_each: given try_for_each value, gives well, is a future
    claimed_map: claimed map value, gives length, is a stage
    claimed_filter: claimed filter reference, gives always, is a stage
    claimed_try_for_each: claimed try_for_each value, gives well, is a future
    lent_map: lent map reference, gives length, is a stage
    lent_filter_map: lent filter_map reference, gives some, is a stage
    lent_for_each: lent for_each reference, gives nothing, is a future
    lent_try_for_each: lent try_for_each reference, gives well, is a future
}
