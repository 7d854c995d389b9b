//! Generators: their bodies run once, and so may capture in every way, wherever they are made.

use onpar_iter::{AsyncIterator as _, Stream, stream, try_stream};

use crate::{names, pause, run, spawn};

/// A body that emits each of three names: it captures nothing else, by reference, what it changes, or what it owns.
macro_rules! body {
    (none $names:expr) => {
        async move |mut y| {
            for name in $names {
                pause().await;
                y.emit(name).await;
            }
        }
    };
    (shared $names:expr, $k:ident) => {
        async |mut y| {
            for name in $names {
                if !$k.is_empty() {
                    pause().await;
                    y.emit(name).await;
                }
            }
        }
    };
    (mutable $names:expr, $k:ident) => {
        async |mut y| {
            for name in $names {
                $k.push('k');
                pause().await;
                y.emit(name).await;
            }
        }
    };
    (owned $names:expr, $k:ident) => {
        async move |mut y| {
            for name in $names {
                if !$k.is_empty() {
                    pause().await;
                    y.emit(name).await;
                }
            }
        }
    };
    (failing $names:expr, $k:ident) => {
        async |mut y| {
            for name in $names {
                $k.push('k');
                pause().await;
                y.emit(name).await;
            }
            Err($k.clone())
        }
    };
}

#[test]
fn owned_items_inside() {
    let counted = async {
        let (k, mut changed, owned) = (String::from("k"), String::new(), String::from("k"));
        let none = stream(body!(none names())).count().await;
        let shared = stream(body!(shared names(), k)).count().await;
        let mutable = stream(body!(mutable names(), changed)).count().await;
        let owned = stream(body!(owned names(), owned)).count().await;
        let failing = try_stream(body!(failing names(), changed)).count().await;
        [none, shared, mutable, owned, failing]
    };
    assert_eq!(spawn(counted), [3, 3, 3, 3, 4]);
}

#[test]
fn borrowed_items_inside() {
    let counted = async {
        let (names, k, mut changed, owned) = (names(), String::from("k"), String::new(), String::from("k"));
        let names = &names;
        let none = stream(body!(none names)).count().await;
        let shared = stream(body!(shared names, k)).count().await;
        let mutable = stream(body!(mutable names, changed)).count().await;
        let owned = stream(body!(owned names, owned)).count().await;
        let failing = try_stream(body!(failing names, changed)).count().await;
        [none, shared, mutable, owned, failing]
    };
    assert_eq!(spawn(counted), [3, 3, 3, 3, 4]);
}

#[test]
fn made_outside() {
    let (names, k, mut changed, owned) = (names(), String::from("k"), String::new(), String::from("k"));
    let names = &names;
    let (none, shared, owned) =
        (stream(body!(none names)), stream(body!(shared names, k)), stream(body!(owned names, owned)));
    let mutable = stream(body!(mutable names, changed));
    let counted = async { [none.count().await, shared.count().await, owned.count().await, mutable.count().await] };
    assert_eq!(run(counted), [3, 3, 3, 3]);
    let failing = try_stream(body!(failing names, changed));
    assert_eq!(run(async { failing.count().await }), 4);
    assert_eq!(changed, "kkkkkk");
}

fn owned<'x, T: Send + 'x>(items: Vec<T>) -> impl Stream<Item = T> + Send + use<'x, T> {
    stream(body!(none items))
}

fn borrowed<T: Sync>(items: &[T]) -> impl Stream<Item = &T> + Send + use<'_, T> {
    stream(body!(none items))
}

fn changed<'x, T: Sync>(items: &'x [T], k: &'x mut String) -> impl Stream<Item = &'x T> + Send + use<'x, T> {
    stream(async move |mut y| {
        for item in items {
            k.push('k');
            pause().await;
            y.emit(item).await;
        }
    })
}

fn failing<'x, T: Send + 'x, E: Send>(
    items: Vec<T>,
    error: E,
) -> impl Stream<Item = Result<T, E>> + Send + use<'x, T, E> {
    try_stream(async move |mut y| {
        for item in items {
            pause().await;
            y.emit(item).await;
        }
        Err(error)
    })
}

#[test]
fn returned_by_generic_functions() {
    let counted = async {
        let (names, mut k) = (names(), String::new());
        let owned = owned(names.to_vec()).count().await;
        let borrowed = borrowed(&names).count().await;
        let changed = changed(&names, &mut k).count().await;
        [owned, borrowed, changed, failing(names.to_vec(), k).count().await]
    };
    assert_eq!(spawn(counted), [3, 3, 3, 4]);
}
