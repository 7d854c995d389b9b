//! Iteration with plain closures on a stream, beside the adaptors for plain closures of futures, tokio-stream and
//! futures-lite. What futures has no such adaptor for takes a future that is ready.

use core::future::ready;
use core::hint::black_box;

use onpar_iter::{AsyncIterator, IntoAsyncIterator as _, sync, sync_ref, sync2};

use crate::Case;
use crate::case::Side;
use crate::drive::drive;
use crate::iteration::{ITEMS, add, each, items, mix};

pub(crate) const CASES: &[Case] = &[
    Case::new("iter_sync_map_filter_fold", map_filter_fold, map_filter_fold_with_futures)
        .beside("futures")
        .units(ITEMS)
        .and(&[
            Side::new("tokio-stream", map_filter_fold_with_tokio),
            Side::new("futures-lite", map_filter_fold_with_lite),
            Side::new("iterator", map_filter_fold_with_iterator),
        ]),
    Case::new("iter_sync_map_collect", collect, collect_with_futures).beside("futures").units(ITEMS).and(&[
        Side::new("tokio-stream", collect_with_tokio),
        Side::new("futures-lite", collect_with_lite),
        Side::new("iterator", collect_with_iterator),
    ]),
    Case::new("iter_sync_map_next", map, map_with_futures)
        .beside("futures")
        .units(ITEMS)
        .and(&[Side::new("tokio-stream", map_with_tokio), Side::new("futures-lite", map_with_lite)]),
];

fn map_filter_fold(iterations: u64) {
    each(iterations, |k| {
        let mapped = AsyncIterator::map(items().into_async_iter(), sync(|n| mix(n, k)));
        let filtered = AsyncIterator::filter(mapped, sync_ref(|n: &u64| !n.is_multiple_of(4)));
        drive(AsyncIterator::fold(filtered, 0, sync2(add)))
    });
}

fn map_filter_fold_with_futures(iterations: u64) {
    each(iterations, |k| {
        let mapped = futures::StreamExt::map(futures::stream::iter(items()), |n| mix(n, k));
        let filtered = futures::StreamExt::filter(mapped, |n| ready(!n.is_multiple_of(4)));
        drive(futures::StreamExt::fold(filtered, 0, |sum, n| ready(add(sum, n))))
    });
}

fn map_filter_fold_with_tokio(iterations: u64) {
    each(iterations, |k| {
        let mapped = tokio_stream::StreamExt::map(tokio_stream::iter(items()), |n| mix(n, k));
        let filtered = tokio_stream::StreamExt::filter(mapped, |n| !n.is_multiple_of(4));
        drive(tokio_stream::StreamExt::fold(filtered, 0, add))
    });
}

fn map_filter_fold_with_lite(iterations: u64) {
    each(iterations, |k| {
        let mapped = futures_lite::StreamExt::map(futures_lite::stream::iter(items()), |n| mix(n, k));
        let filtered = futures_lite::StreamExt::filter(mapped, |n: &u64| !n.is_multiple_of(4));
        drive(futures_lite::StreamExt::fold(filtered, 0, add))
    });
}

fn map_filter_fold_with_iterator(iterations: u64) {
    each(iterations, |k| {
        let filtered = items().map(|n| mix(n, k)).filter(|n| !n.is_multiple_of(4));
        filtered.fold(0, add)
    });
}

/// A loop over the items, so that nothing but the adaptor is measured.
fn map(iterations: u64) {
    each(iterations, |k| {
        drive(async {
            let (mut stream, mut sum) = (AsyncIterator::map(items().into_async_iter(), sync(|n| mix(n, k))), 0_u64);
            while let Some(n) = AsyncIterator::next(&mut stream).await {
                sum = add(sum, n);
            }
            sum
        })
    });
}

fn map_with_futures(iterations: u64) {
    each(iterations, |k| {
        drive(async {
            let (mut stream, mut sum) = (futures::StreamExt::map(futures::stream::iter(items()), |n| mix(n, k)), 0_u64);
            while let Some(n) = futures::StreamExt::next(&mut stream).await {
                sum = add(sum, n);
            }
            sum
        })
    });
}

fn map_with_tokio(iterations: u64) {
    each(iterations, |k| {
        drive(async {
            let (mut stream, mut sum) =
                (tokio_stream::StreamExt::map(tokio_stream::iter(items()), |n| mix(n, k)), 0_u64);
            while let Some(n) = tokio_stream::StreamExt::next(&mut stream).await {
                sum = add(sum, n);
            }
            sum
        })
    });
}

fn map_with_lite(iterations: u64) {
    each(iterations, |k| {
        drive(async {
            let (mut stream, mut sum) =
                (futures_lite::StreamExt::map(futures_lite::stream::iter(items()), |n| mix(n, k)), 0_u64);
            while let Some(n) = futures_lite::StreamExt::next(&mut stream).await {
                sum = add(sum, n);
            }
            sum
        })
    });
}

fn collect(iterations: u64) {
    each(iterations, |k| {
        let mapped = AsyncIterator::map(items().into_async_iter(), sync(|n| mix(n, k)));
        last(&drive(AsyncIterator::collect::<Vec<_>>(mapped)))
    });
}

fn collect_with_futures(iterations: u64) {
    each(iterations, |k| {
        let mapped = futures::StreamExt::map(futures::stream::iter(items()), |n| mix(n, k));
        last(&drive(futures::StreamExt::collect::<Vec<_>>(mapped)))
    });
}

fn collect_with_tokio(iterations: u64) {
    each(iterations, |k| {
        let mapped = tokio_stream::StreamExt::map(tokio_stream::iter(items()), |n| mix(n, k));
        last(&drive(tokio_stream::StreamExt::collect::<Vec<_>>(mapped)))
    });
}

fn collect_with_lite(iterations: u64) {
    each(iterations, |k| {
        let mapped = futures_lite::StreamExt::map(futures_lite::stream::iter(items()), |n| mix(n, k));
        last(&drive(futures_lite::StreamExt::collect::<Vec<_>>(mapped)))
    });
}

fn collect_with_iterator(iterations: u64) {
    each(iterations, |k| last(&items().map(|n| mix(n, k)).collect::<Vec<_>>()));
}

fn last(items: &[u64]) -> u64 {
    black_box(items).last().copied().unwrap_or_default()
}
