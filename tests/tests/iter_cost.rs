//! What async iteration allocates, and how large it is, beside `futures`.

use core::hint::black_box;
use core::pin::pin;
use core::task::{Context, Waker};

use futures::StreamExt;
use onpar_iter::{AsyncIterator, IntoAsyncIterator as _, limit, stream};
use onpar_test::{CountingAllocator, allocations};

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
