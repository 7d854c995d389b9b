//! Sources whose closures borrow, own, or change something, made inside of a task, outside of it, and by a generic function.

use onpar_iter::{
    AsyncIterator as _, Stream, from_fn, from_fn_mut, from_fn_with, once_future, repeat_with, repeat_with_mut,
    successors, try_unfold, unfold,
};

use crate::{names, pause, run, spawn};

#[test]
fn inside() {
    let found = spawn(async {
        let (names, mut log) = (names(), String::new());
        let least = names.len() - 2;
        let borrowed = from_fn_with(names.iter(), async |names| {
            pause().await;
            names.find(|name| name.len() >= least)
        });
        let borrowed = borrowed.count().await;
        let changed = from_fn_with(&mut log, async |log| {
            log.push('k');
            pause().await;
            (log.len() < 3).then_some(log.len())
        });
        let changed = changed.count().await;
        let shared = from_fn(async || {
            pause().await;
            names.get(least + 9)
        });
        let shared = shared.count().await;
        let repeated = repeat_with(async || {
            pause().await;
            names.len()
        });
        let repeated = repeated.take(2).sum::<usize>().await;
        let unfolded = unfold(names.as_slice(), async |names| {
            pause().await;
            names.split_first()
        });
        let unfolded = unfolded.map(async |name| name.len() + least).sum::<usize>().await;
        let tried = try_unfold(names.iter(), async |mut names| {
            pause().await;
            let name = names.next().ok_or(least)?;
            Ok(Some((name, names)))
        });
        let tried = tried.collect::<Result<Vec<&String>, usize>>().await.map(|all| all.len());
        let followed = successors(names.last(), async |name| {
            pause().await;
            names.iter().find(|other| other.len() + 1 == name.len())
        });
        let followed = followed.count().await;
        let once = once_future(async {
            pause().await;
            &names[0]
        });
        (borrowed, changed, shared, repeated, unfolded, tried, followed, once.count().await, log.len())
    });
    assert_eq!(found, (3, 2, 0, 6, 9, Err(1), 3, 1, 3));
}

#[test]
fn outside() {
    let (names, text) = (names(), String::from("abc"));
    let shared = from_fn(async || {
        pause().await;
        names.get(9)
    });
    assert_eq!(run(shared.count()), 0);
    let (mut calls, mut letters) = (0, text.chars());
    let changed = from_fn_mut(async || {
        calls += 1;
        pause().await;
        letters.next()
    });
    assert_eq!(run(changed.count()), 3);
    assert_eq!(calls, 4);
    let owned = repeat_with_mut(async move || {
        pause().await;
        text.len()
    });
    assert_eq!(spawn(owned.take(2).sum::<usize>()), 6);
}

fn all<T: Sync>(items: &[T]) -> impl Stream<Item = &T> + Send + use<'_, T> {
    from_fn_with(items.iter(), async |items| {
        pause().await;
        items.next()
    })
}

#[test]
fn returned() {
    let count = spawn(async {
        let names = names();
        all(&names).count().await
    });
    assert_eq!(count, 3);
}
