//! What is `Send` within a task that must be: streams of owned and of borrowed items, with closures that borrow what is around
//! them, and with a state; made inside the task, outside of it, and returned by generic functions. That it compiles is the test;
//! that it gives what it should, a bonus.

use core::time::Duration;

use onpar_iter::share::Wait;
use onpar_iter::{
    AsyncIterator as _, AsyncIteratorWith as _, AsyncStreamExt as _, Group, IntoAsyncIterator as _, Stream,
    combine_latest, limit, merge, merge_all, race_streams,
};
use onpar_test::{ByHand, Sim};

/// Runs a future as a task that moves between threads.
fn spawn<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    runtime.block_on(async { tokio::spawn(future).await }).expect("no panic")
}

async fn pause() {
    tokio::task::yield_now().await;
}

#[test]
fn borrowed_items_and_closures_that_borrow() {
    let found = spawn(async {
        let names = [String::from("a"), String::from("bb"), String::from("ccc")];
        let longest = names.len();
        let long = || {
            names.iter().into_async_iter().filter(async |name| {
                pause().await;
                name.len() <= longest
            })
        };
        let merged = merge((long(), long())).count().await + merge([long(), long()]).count().await;
        let many = merge_all((0..20).map(|_| long())).count().await;
        let raced = race_streams((long(), long())).count().await;
        let mut group: Group<_> = (0..3).map(|_| Box::pin(long())).collect();
        let grouped = group.by_ref().count().await;
        let flat = (0..3).into_async_iter().flat_map_concurrent(limit!(2), async |_| {
            pause().await;
            names.iter().into_async_iter().take(longest)
        });
        let flat = flat.count().await;
        let stated = (0..3).into_async_iter().flat_map_concurrent_with(limit!(2), 0, async |calls, _| {
            *calls += 1;
            pause().await;
            names.iter().into_async_iter().take(*calls)
        });
        let stated = stated.count().await;
        let switched = (0..3).into_async_iter().switch_map(async |n| {
            pause().await;
            names.iter().into_async_iter().skip(n)
        });
        let switched = switched.count().await;
        let switched_with = (0..3).into_async_iter().switch_map_with(0, async |calls, _| {
            *calls += 1;
            pause().await;
            names.iter().into_async_iter().take(*calls)
        });
        let switched_with = switched_with.count().await;
        let combined = combine_latest((long(), long())).count().await;
        let beside = long().with_latest_from(long()).count().await;
        let taken = long().take_until(pause()).count().await;
        let chunks = long().ready_chunks(limit!(2)).map(async |chunk| chunk.len()).sum::<usize>().await;
        let shared = names.iter().into_async_iter().share(limit!(2), Wait);
        let readers = shared.subscribe().merge(shared.subscribe()).count().await;
        let of_several = [merged, many, raced, grouped, flat, stated, switched, switched_with];
        (of_several, combined > 0, beside <= 3, taken <= 3, chunks, readers)
    });
    assert_eq!(found, ([12, 60, 3, 9, 9, 6, 1, 1], true, true, true, 3, 6));
}

#[test]
fn made_outside_of_the_task_and_owned_captures() {
    let (offset, mut calls) = (3, 0);
    let merged =
        merge(((0..4_u64).into_async_iter(), (0..4).into_async_iter().map_with(offset, async |offset, n| n + *offset)));
    assert_eq!(spawn(merged.sum::<u64>()), 6 + 18);
    let flat = (0..4_u64).into_async_iter().flat_map_concurrent_mut(limit!(2), async move |n| {
        calls += 1;
        pause().await;
        [n, calls].into_async_iter()
    });
    assert_eq!(spawn(flat.sum::<u64>()), 6 + 10);
    let switched = (0..4_u64).into_async_iter().switch_map_mut(async move |n| {
        calls += 1;
        pause().await;
        [n, calls].into_async_iter()
    });
    assert_eq!(spawn(switched.sum::<u64>()), 4);
}

fn both<'x, T, A, B>(a: A, b: B) -> impl Stream<Item = T> + Send + use<'x, T, A, B>
where
    T: AsRef<str> + Send + Sync + 'x,
    A: Stream<Item = T> + Send + 'x,
    B: Stream<Item = T> + Send + 'x,
{
    merge((a, b)).filter(async |name: &T| !name.as_ref().is_empty())
}

fn each_of<S>(streams: Vec<S>) -> impl Stream<Item = S::Item> + Send
where
    S: Stream<Item: Clone + Send> + Send,
{
    merge(streams).share(limit!(4), Wait).subscribe()
}

#[test]
fn returned_by_generic_functions() {
    let found = spawn(async {
        let names = vec![String::from("a"), String::new()];
        let borrowed = both(names.iter().into_async_iter(), names.iter().into_async_iter()).count().await;
        let shared = each_of(vec![names.clone().into_async_iter(), names.into_async_iter()]).count().await;
        (borrowed, shared)
    });
    assert_eq!(found, (2, 4));
}

/// What is not `Send` is at home in a task of one thread.
#[test]
fn items_of_one_thread() {
    use alloc::rc::Rc;

    let shared = [Rc::new(1), Rc::new(2)].into_async_iter().share(limit!(1), Wait);
    let sum = combine_latest((shared.subscribe(), shared.subscribe())).map(async |(a, b)| *a + *b);
    assert_eq!(ByHand::new(sum.collect::<Vec<_>>()).finish(), [2, 3, 4]);
    Sim::new(1).run(async |rt| {
        use onpar_core::Clock as _;
        rt.sleep(Duration::from_millis(1)).await;
        assert_eq!(merge_all((0..9).map(|n| [Rc::new(n)].into_async_iter())).count().await, 9);
    });
}
