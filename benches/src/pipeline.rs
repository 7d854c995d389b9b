//! A concurrent pipeline of 64 at once, beside `buffer_unordered(64)`, with work that is pending once for each item and with
//! work that is ready at once.

use core::cell::Cell;
use core::future::ready;
use core::num::NonZero;

use futures::StreamExt;
use futures_concurrency::concurrent_stream::ConcurrentStream as _;
use futures_concurrency::stream::StreamExt as _;
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator as _, limit};

use crate::Case;
use crate::case::Side;
use crate::drive::drive;
use crate::iteration::each;
use crate::yield_once::YieldOnce;

pub(crate) const CASES: &[Case] = &[
    Case::new("concurrent_64_pending", pending, pending_with_futures)
        .beside("futures")
        .units(ITEMS)
        .and(&[Side::new("futures-concurrency", pending_with_concurrency)]),
    Case::new("concurrent_64_ready", at_once, at_once_with_futures)
        .beside("futures")
        .units(ITEMS)
        .and(&[Side::new("futures-concurrency", at_once_with_concurrency)]),
    Case::new("concurrent_64_ordered", ordered, ordered_with_futures).beside("futures").units(ITEMS),
];

const ITEMS: u32 = 1_000_000;
const LIMIT: NonZero<usize> = limit!(64);

fn items() -> impl Iterator<Item = u64> {
    0..u64::from(ITEMS)
}

async fn work(n: u64, k: u64) -> u64 {
    YieldOnce::default().await;
    n ^ k
}

fn pending(iterations: u64) {
    each(iterations, |k| {
        let sum = Cell::new(0_u64);
        let pipeline = items().into_async_iter().concurrent(LIMIT).unordered().map(async |n| work(n, k).await);
        drive(pipeline.concurrent(limit!(1)).for_each(async |n| sum.set(sum.get().wrapping_add(n))));
        sum.get()
    });
}

fn pending_with_futures(iterations: u64) {
    each(iterations, |k| {
        let sum = Cell::new(0_u64);
        let stream = StreamExt::map(futures::stream::iter(items()), |n| work(n, k)).buffer_unordered(LIMIT.get());
        drive(StreamExt::for_each(stream, |n| {
            sum.set(sum.get().wrapping_add(n));
            ready(())
        }));
        sum.get()
    });
}

fn pending_with_concurrency(iterations: u64) {
    each(iterations, |k| {
        let sum = Cell::new(0_u64);
        let stream = futures::stream::iter(items()).co().limit(Some(LIMIT)).map(|n| work(n, k));
        drive(stream.for_each(|n| {
            sum.set(sum.get().wrapping_add(n));
            ready(())
        }));
        sum.get()
    });
}

fn at_once(iterations: u64) {
    each(iterations, |k| {
        let sum = Cell::new(0_u64);
        let pipeline = items().into_async_iter().concurrent(LIMIT).unordered().map(async |n| n ^ k);
        drive(pipeline.concurrent(limit!(1)).for_each(async |n| sum.set(sum.get().wrapping_add(n))));
        sum.get()
    });
}

fn at_once_with_futures(iterations: u64) {
    each(iterations, |k| {
        let sum = Cell::new(0_u64);
        let stream = StreamExt::map(futures::stream::iter(items()), |n| ready(n ^ k)).buffer_unordered(LIMIT.get());
        drive(StreamExt::for_each(stream, |n| {
            sum.set(sum.get().wrapping_add(n));
            ready(())
        }));
        sum.get()
    });
}

fn at_once_with_concurrency(iterations: u64) {
    each(iterations, |k| {
        let sum = Cell::new(0_u64);
        let stream = futures::stream::iter(items()).co().limit(Some(LIMIT)).map(|n| ready(n ^ k));
        drive(stream.for_each(|n| {
            sum.set(sum.get().wrapping_add(n));
            ready(())
        }));
        sum.get()
    });
}

fn ordered(iterations: u64) {
    each(iterations, |k| {
        let sum = Cell::new(0_u64);
        let pipeline = items().into_async_iter().concurrent(LIMIT).map(async |n| work(n, k).await);
        drive(pipeline.concurrent(limit!(1)).for_each(async |n| sum.set(sum.get().wrapping_add(n))));
        sum.get()
    });
}

fn ordered_with_futures(iterations: u64) {
    each(iterations, |k| {
        let sum = Cell::new(0_u64);
        let stream = StreamExt::map(futures::stream::iter(items()), |n| work(n, k)).buffered(LIMIT.get());
        drive(StreamExt::for_each(stream, |n| {
            sum.set(sum.get().wrapping_add(n));
            ready(())
        }));
        sum.get()
    });
}
