//! Streams: what is asked of zero items, or after the end, and closures that panic.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use std::panic::catch_unwind;

use futures::stream::pending;
use onpar_iter::{
    AsyncIterator as _, AsyncIteratorMut as _, AsyncIteratorWith as _, AsyncItertools as _, AsyncTryIterator as _,
    IntoAsyncIterator as _, Iter, Stream, limit, repeat_n, sync, sync_mut, sync_ref, sync_ref2, sync2,
};
use onpar_test::ByHand;

/// What is asked for by number may be zero, as in std; and what is a limit of work or of memory may not.
#[test]
fn each_number_is_one_that_may_be_zero_or_is_of_a_type_that_has_no_zero() {
    let of_std_and_itertools = ["skip", "take", "nth", "tail", "k_smallest", "k_smallest_by_key", "k_largest"];
    let of_std_and_itertools = [&of_std_and_itertools[..], &["k_largest_by_key", "repeat_n"]].concat();
    let sources = [
        include_str!("../../../onpar-iter/src/async_iterator.rs"),
        include_str!("../../../onpar-iter/src/async_itertools.rs"),
        include_str!("../../../onpar-iter/src/async_stream_ext.rs"),
        include_str!("../../../onpar-iter/src/async_timed.rs"),
        include_str!("../../../onpar-iter/src/async_try_iterator.rs"),
        include_str!("../../../onpar-iter/src/concurrent/pipeline.rs"),
        include_str!("../../../onpar-iter/src/source/channel/mod.rs"),
        include_str!("../../../onpar-iter/src/source/repeat_n.rs"),
    ];
    let methods = sources.iter().flat_map(|source| source.split("fn ").skip(1));
    let signatures = methods.filter_map(|method| method.split(" {").next());
    // `map_windows` and `array_chunks` of none do not compile, and that `collect_array` finds none is an answer.
    let signatures = signatures.filter(|signature| !signature.contains("const N: usize"));
    let plain = signatures.filter(|signature| signature.contains(": usize"));
    let plain: Vec<&str> = plain.filter_map(|signature| signature.split(['<', '(']).next()).collect();
    assert_eq!(plain, of_std_and_itertools);
}

#[test]
fn of_zero_items_there_are_none() {
    let items = || (0..3).into_async_iter();
    let waits_for_ever = || pending::<i32>();
    assert_eq!(ByHand::new(waits_for_ever().take(0).count()).finish(), 0);
    assert_eq!(ByHand::new(items().skip(0).count()).finish(), 3);
    assert_eq!(ByHand::new(items().nth(0)).finish(), Some(0));
    assert_eq!(ByHand::new(items().tail(0).count()).finish(), 0);
    assert_eq!(ByHand::new(items().k_smallest(0).count()).finish(), 0);
    assert_eq!(ByHand::new(items().k_largest(0).count()).finish(), 0);
    assert_eq!(ByHand::new(items().k_smallest_by_key(0, async |n| *n).count()).finish(), 0);
    assert_eq!(ByHand::new(items().k_largest_by_key(0, async |n| *n).count()).finish(), 0);
    assert_eq!(ByHand::new(items().take(0).collect_array::<0>()).finish(), Some([]));
    assert_eq!(ByHand::new(repeat_n(7, 0).count()).finish(), 0);
}

#[test]
fn a_result_that_is_polled_for_again_panics_with_words() {
    fn again<T>(future: impl Future<Output = T>) {
        let mut future = ByHand::new(future);
        assert!(future.poll().is_ready());
        for _ in 0..2 {
            let words = catch_unwind(AssertUnwindSafe(|| future.poll())).map(drop).unwrap_err();
            let words = words.downcast_ref::<&str>().copied().unwrap_or_default();
            assert!(words.contains("after it had been given"), "{words}");
        }
    }

    let items = || (0..3).into_async_iter();
    again(items().count());
    again(items().collect::<Vec<_>>());
    again(items().for_each(async |_| {}));
    again(items().fold(0, async |sum, n| sum + n));
    again(items().try_fold(0, async |_, _| None::<i32>));
    again(items().reduce(async |a, b| a + b));
    again(items().cmp(items()));
    again(items().eq((1..9).into_async_iter()));
    again(items().lt(items()));
    again(items().sorted().exactly_one());
    again(items().concurrent(limit!(2)).map(async |n| n).collect::<Vec<_>>());
}

type Items = Iter<alloc::vec::IntoIter<Arc<u32>>>;

/// Items of which the test knows who else has them.
fn items() -> (Vec<Arc<u32>>, Items) {
    let items: Vec<Arc<u32>> = (0..5).map(Arc::new).collect();
    let stream = items.clone().into_async_iter();
    (items, stream)
}

/// The item whose call panics.
const PANICS: u32 = 2;

fn panics(item: &Arc<u32>) {
    if **item == PANICS {
        std::panic::resume_unwind(Box::new("as it should"));
    }
}

async fn panics_later(item: &Arc<u32>) {
    let mut polls = 0;
    poll_fn(|cx| {
        polls += 1;
        cx.waker().wake_by_ref();
        if polls > 2 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    panics(item);
}

/// The item is dropped by then, the panic passes on, and the stream gives so many others.
fn goes_on<T, S: Stream<Item = T>>(name: &str, others: u32, make: impl FnOnce(Items) -> S) {
    let (all, stream) = items();
    let mut stream = ByHand::new(make(stream));
    let (mut given, mut panics) = (0, 0);
    loop {
        match catch_unwind(AssertUnwindSafe(|| stream.poll_with(Stream::poll_next))) {
            Ok(Poll::Ready(Some(_))) => given += 1,
            Ok(Poll::Ready(None)) => break,
            Ok(Poll::Pending) => assert!(stream.is_woken(), "{name}"),
            Err(_) => {
                panics += 1;
                assert_eq!(Arc::strong_count(&all[PANICS as usize]), 1, "{name}: the item is still there");
                assert_eq!(Arc::strong_count(&all[PANICS as usize + 1]), 2, "{name}: the next one is not");
            }
        }
    }
    assert_eq!((given, panics), (others, 1), "{name}");
}

macro_rules! go_on {
    ($($name:literal gives $others:literal: |$items:ident| $make:expr;)+) => {
        $(goes_on($name, $others, |$items| $make);)+
    };
}

#[test]
fn a_closure_that_panics_as_it_is_called_costs_its_item_and_no_other() {
    go_on! {
        "map" gives 4: |items| items.map(sync(|n: Arc<u32>| panics(&n)));
        "filter" gives 4: |items| items.filter(sync_ref(|n: &Arc<u32>| { panics(n); true }));
        "filter_map" gives 4: |items| items.filter_map(sync(|n: Arc<u32>| { panics(&n); Some(n) }));
        "inspect" gives 4: |items| items.inspect(sync_ref(|n: &Arc<u32>| panics(n)));
        "skip_while" gives 2: |items| items.skip_while(sync_ref(|n: &Arc<u32>| { panics(n); **n < PANICS }));
        "take_while" gives 4: |items| items.take_while(sync_ref(|n: &Arc<u32>| { panics(n); true }));
        "map_while" gives 4: |items| items.map_while(sync(|n: Arc<u32>| { panics(&n); Some(n) }));
        "scan" gives 4: |items| items.scan((), sync_mut(|(): &mut (), n: Arc<u32>| { panics(&n); Some(n) }));
        "flat_map" gives 4: |items| items.flat_map(sync(|n: Arc<u32>| { panics(&n); Some(n).into_async_iter() }));
        "chunk_by" gives 4: |items| items.chunk_by(sync_ref(|n: &Arc<u32>| { panics(n); **n }));
        "unique_by" gives 4: |items| items.unique_by(sync_ref(|n: &Arc<u32>| { panics(n); **n }));
        "update" gives 4: |items| items.update(onpar_iter::sync_ref_mut(|n: &mut Arc<u32>| panics(n)));
        "map_ok" gives 4: |items| items.map(sync(Ok::<_, ()>)).map_ok(sync(|n: Arc<u32>| panics(&n)));
        "map_err" gives 4: |items| items.map(sync(Err::<(), _>)).map_err(sync(|n: Arc<u32>| panics(&n)));
    }
}

#[test]
fn a_closure_that_panics_when_it_has_waited_costs_its_item_and_no_other() {
    go_on! {
        "map" gives 4: |items| items.map(async |n| panics_later(&n).await);
        "map_mut" gives 4: |items| { let mut calls = 0; items.map_mut(async move |n| { calls += 1; panics_later(&n).await; }) };
        "map_with" gives 4: |items| items.map_with(0, async |calls, n| { *calls += 1; panics_later(&n).await; });
        "filter" gives 4: |items| items.filter(async |n| { panics_later(n).await; true });
        "filter_map" gives 4: |items| items.filter_map(async |n| { panics_later(&n).await; Some(n) });
        "inspect" gives 4: |items| items.inspect(async |n| panics_later(n).await);
        "skip_while" gives 2: |items| items.skip_while(async |n| { panics_later(n).await; **n < PANICS });
        "take_while" gives 4: |items| items.take_while(async |n| { panics_later(n).await; true });
        "map_while" gives 4: |items| items.map_while(async |n| { panics_later(&n).await; Some(n) });
        "scan" gives 4: |items| items.scan((), async |(), n| { panics_later(&n).await; Some(n) });
        "flat_map" gives 4: |items| items.flat_map(async |n| { panics_later(&n).await; Some(n).into_async_iter() });
        "chunk_by" gives 4: |items| items.chunk_by(async |n| { panics_later(n).await; **n });
        "unique_by" gives 4: |items| items.unique_by(async |n| { panics_later(n).await; **n });
        "update" gives 4: |items| items.update(async |n| panics_later(n).await);
        "and_then" gives 4: |items| items.map(sync(Ok::<_, ()>)).and_then(async |n| { panics_later(&n).await; Ok(n) });
        "or_else" gives 4: |items| items.map(sync(Err::<Arc<u32>, _>)).or_else(async |n| { panics_later(&n).await; Err(n) });
    }
}

/// What takes items one by one goes on with the next one; what a closure has accumulated is gone with it.
#[test]
fn a_consumer_whose_closure_panics_goes_on_with_the_next_item_if_it_has_lost_nothing_else() {
    fn polled_again<T>(make: impl FnOnce(Items) -> T) -> Option<T::Output>
    where
        T: Future,
    {
        let (all, stream) = items();
        let mut future = ByHand::new(make(stream));
        assert!(catch_unwind(AssertUnwindSafe(|| future.poll())).is_err());
        assert_eq!(Arc::strong_count(&all[PANICS as usize]), 1);
        match catch_unwind(AssertUnwindSafe(|| future.poll())) {
            Ok(Poll::Ready(value)) => Some(value),
            Ok(Poll::Pending) => panic!("nothing waits"),
            Err(_) => None,
        }
    }

    assert_eq!(polled_again(|items| items.for_each(sync(|n: Arc<u32>| panics(&n)))), Some(()));
    assert_eq!(
        polled_again(|items| items.any(sync(|n: Arc<u32>| {
            panics(&n);
            *n == 3
        }))),
        Some(true)
    );
    assert_eq!(
        polled_again(|items| items.position(sync(|n: Arc<u32>| {
            panics(&n);
            *n == 3
        })))
        .flatten(),
        Some(2)
    );
    let sum = |items: Items| {
        items.fold(
            0,
            sync2(|sum, n: Arc<u32>| {
                panics(&n);
                sum + *n
            }),
        )
    };
    assert_eq!(polled_again(sum), None);
    let largest = |items: Items| {
        items.max_by(sync_ref2(|_: &Arc<u32>, n: &Arc<u32>| {
            panics(n);
            1.cmp(&2)
        }))
    };
    let _whatever_is_left = polled_again(largest);
}
