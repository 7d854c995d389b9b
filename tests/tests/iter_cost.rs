//! What async iteration allocates, and how large it is, beside `futures`.

use core::hint::black_box;
use core::pin::pin;
use core::task::{Context, Waker};
use core::time::Duration;

use futures::StreamExt;
use onpar_iter::{AsyncIterator, AsyncItertools, AsyncTimed as _, IntoAsyncIterator as _, limit, stream};
use onpar_test::{CountingAllocator, allocations};
use onpar_tests::Ticking;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Polls a future until it is ready, here and now, and counts its allocations.
fn count<T>(future: impl Future<Output = T>) -> (T, u64) {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    let (value, counted) = allocations(|| {
        loop {
            if let core::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
                break value;
            }
        }
    });
    (value, counted.count)
}

async fn yield_once() {
    let mut yielded = false;
    core::future::poll_fn(|cx| {
        if yielded {
            return core::task::Poll::Ready(());
        }
        yielded = true;
        cx.waker().wake_by_ref();
        core::task::Poll::Pending
    })
    .await;
}

#[test]
fn adaptors_consumers_and_generators_allocate_nothing() {
    let numbers = stream(async |mut y| {
        for n in 0..1000_u64 {
            y.emit(n).await;
        }
    });
    let chain = AsyncIterator::map(numbers, async |n| {
        yield_once().await;
        n + 1
    });
    let chain = AsyncIterator::filter(chain, async |n| n % 2 == 0);
    let chain = AsyncIterator::zip((0..).into_async_iter(), AsyncIterator::enumerate(chain));
    let sum = AsyncIterator::fold(chain, 0, async |sum, (a, (b, n)): (u64, (usize, u64))| {
        yield_once().await;
        sum + a + b as u64 + n
    });
    let (sum, allocated) = count(sum);
    assert_eq!((sum, allocated), (499 * 500 + 250_500, 0));
}

#[test]
fn those_of_itertools_allocate_nothing_unless_they_say_so() {
    let chain = (0..1000_u64).into_async_iter().dedup().dedup_by_key(async |n| {
        yield_once().await;
        *n / 2
    });
    let chain = chain.coalesce(async |a, b| if b % 8 == 0 { Ok(a + b) } else { Err((a, b)) }).update(async |n| *n += 1);
    let chain = chain.map_windows(async |[a, b]| a + b).interleave((0..9).into_async_iter()).intersperse(7);
    let chain = chain.zip_longest((0..9_u64).into_async_iter()).with_position().array_chunks::<2>();
    let chain = AsyncIterator::map(chain, async |[(_, a), _]| a.or(0, 0).0).tuple_windows::<(_, _)>();
    let chain = AsyncIterator::map(chain, async |(a, b)| a.max(b));
    let chain = chain.merge_by((0..99).into_async_iter(), async |a, b| a < b).take_while_inclusive(async |_| true);
    let (found, allocated) = count(chain.minmax());
    assert_eq!(allocated, 0);
    assert!(found.into_option().is_some());
}

/// Each says in its documentation what it allocates for.
#[test]
fn those_of_itertools_that_say_so_allocate_for_what_they_hold_and_not_for_each_item() {
    let items = || (0..1000_u64).into_async_iter();
    // A chunk is one allocation, made when the one before it is full; the first one grows.
    assert!(count(AsyncIterator::count(AsyncItertools::chunks(items(), limit!(100)))).1 <= 10 + 6);
    assert_eq!(count(AsyncIterator::count(items().tail(1))).1, 1);
    assert_eq!(count(AsyncIterator::count(items().k_smallest(4))).1, 1);
    assert!(count(AsyncIterator::count(items().sorted())).1 <= 10);
    assert!(count(AsyncIterator::count(items().sorted_by(async |a, b| b.cmp(a)))).1 <= 20);
    // Each stream, and the lists of the streams, of those that are asked, of what these give, and of the heads: each grows twice.
    let streams = core::array::from_fn::<_, 8, _>(|_| items());
    assert_eq!(count(AsyncIterator::count(streams.into_async_iter().kmerge())).1, 8 + 4 * 2);
    let (tee, allocated) = count(async {
        let (left, right) = items().tee(limit!(4));
        AsyncIterator::count(AsyncIterator::zip(left, right)).await
    });
    assert!(tee == 1000 && allocated <= 4, "{allocated}");
}

/// Under a clock whose timers allocate nothing, with items that are ready and items that are pending.
#[test]
fn those_that_take_a_clock_allocate_nothing_but_for_chunks() {
    const D: Duration = Duration::from_millis(10);
    let clock = Ticking::default();
    let items = || {
        AsyncIterator::inspect((0..500_u64).into_async_iter(), async |n| {
            for _ in 0..n % 7 {
                yield_once().await;
            }
        })
    };
    let of = |items, counted: (usize, u64)| {
        assert!(counted.0 >= 5 && counted.1 == 0, "{items}: {counted:?}");
    };
    of("timeout", count(AsyncIterator::count(items().timeout(&clock, D))));
    of("timeout_repeating", count(AsyncIterator::count(items().timeout_repeating(&clock, D))));
    of("timeout_whole", count(AsyncIterator::count(items().timeout_whole(&clock, 10 * D))));
    of("take_for", count(AsyncIterator::count(items().take_for(&clock, 10 * D))));
    of("delay_each", count(AsyncIterator::count(items().delay_each(&clock, D))));
    of("throttle", count(AsyncIterator::count(items().throttle(&clock, D))));
    of("throttle_first", count(AsyncIterator::count(items().throttle_first(&clock, D))));
    of("throttle_latest", count(AsyncIterator::count(items().throttle_latest(&clock, D))));
    of("audit", count(AsyncIterator::count(items().audit(&clock, D))));
    of("debounce", count(AsyncIterator::count(items().debounce(&clock, Duration::from_millis(2)))));
    of("sample", count(AsyncIterator::count(items().sample(&clock, D))));
    let ready = || (0..1000_u64).into_async_iter();
    // One for each chunk, and for the first one, which grows.
    assert!(count(AsyncIterator::count(ready().chunks_timeout(&clock, limit!(100), D))).1 <= 10 + 6);
    let (chunks, allocated) = count(AsyncIterator::count(items().chunks_timeout(&clock, limit!(100), D)));
    assert!(chunks > 20 && allocated <= 2 * chunks as u64, "{chunks}: {allocated}");
}

#[test]
fn a_pipeline_allocates_for_what_is_under_way_at_once_and_not_for_each_item() {
    for yields in [true, false] {
        let count_of = |items: u64| {
            let work = async |_| {
                if yields {
                    yield_once().await;
                }
            };
            count((0..items).into_async_iter().concurrent(limit!(64)).for_each(work)).1
        };
        let (few, many) = (count_of(1000), count_of(100_000));
        assert_eq!(few, many, "with {yields}");
        assert!(many < 64 * 2 + 30, "{many}");
    }
}

/// Two, and six, adaptors with closures: at most as large as those of `futures`.
#[test]
fn adaptors_are_no_larger_than_those_of_futures() {
    fn ours() -> (usize, usize) {
        let two = AsyncIterator::filter(
            AsyncIterator::map((0..9_u64).into_async_iter(), async |n| n + black_box(1)),
            async |n| n % 2 == 0,
        );
        let size_of_two = size_of_val(&two);
        let four = AsyncIterator::filter(AsyncIterator::map(two, async |n| n + black_box(1)), async |n| n % 2 == 0);
        let six = AsyncIterator::filter(AsyncIterator::map(four, async |n| n + black_box(1)), async |n| n % 2 == 0);
        (size_of_two, size_of_val(&six))
    }
    fn theirs() -> (usize, usize) {
        let even = |n: &u64| {
            let n = *n;
            async move { n.is_multiple_of(2) }
        };
        let two = StreamExt::filter(StreamExt::then(futures::stream::iter(0..9_u64), async |n| n + black_box(1)), even);
        let size_of_two = size_of_val(&two);
        let four = StreamExt::filter(StreamExt::then(two, async |n| n + black_box(1)), even);
        let six = StreamExt::filter(StreamExt::then(four, async |n| n + black_box(1)), even);
        (size_of_two, size_of_val(&six))
    }
    let (ours, theirs) = (ours(), theirs());
    assert!(ours.0 <= theirs.0 && ours.1 <= theirs.1, "{ours:?}, futures {theirs:?}");
}
