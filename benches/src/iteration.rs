//! Iteration with async closures that are ready at once, beside futures and beside the sync `Iterator`.
//!
//! onpar's closures borrow what is around them. Those of futures get the item by value: in the form with borrowed items,
//! `filter` does not compile without a copy.

use core::hint::black_box;

use futures::StreamExt;
use onpar_iter::{AsyncIterator, IntoAsyncIterator as _};

use crate::Case;
use crate::case::Side;
use crate::drive::drive;

pub(crate) const CASES: &[Case] = &[
    Case::new("iter_map_filter_fold", map_filter_fold, map_filter_fold_with_futures)
        .beside("futures")
        .units(ITEMS)
        .and(&[Side::new("iterator", map_filter_fold_with_iterator)]),
    Case::new("iter_map_fold", map_fold, map_fold_with_iterator)
        .beside("iterator")
        .units(ITEMS)
        .and(&[Side::new("futures", map_fold_with_futures)]),
];

pub(crate) const ITEMS: u32 = 10_000;

pub(crate) fn items() -> impl Iterator<Item = u64> {
    0..u64::from(ITEMS)
}

/// What becomes of an item: a few instructions that leave no pattern to the compiler.
#[inline]
pub(crate) const fn mix(n: u64, k: u64) -> u64 {
    let n = (n ^ k).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    n ^ (n >> 32)
}

/// What becomes of the sum: every step needs the one before.
#[inline]
pub(crate) const fn add(sum: u64, n: u64) -> u64 {
    sum.rotate_left(5) ^ n
}

/// The same for every way to write it.
pub(crate) fn each(iterations: u64, mut sum: impl FnMut(u64) -> u64) {
    for i in 0..iterations {
        black_box(sum(black_box(i)));
    }
}

fn map_filter_fold(iterations: u64) {
    each(iterations, |k| {
        let mapped = AsyncIterator::map(items().into_async_iter(), async |n| mix(n, k));
        let filtered = AsyncIterator::filter(mapped, async |n| !n.is_multiple_of(4));
        drive(AsyncIterator::fold(filtered, 0, async |sum, n| add(sum, n)))
    });
}

fn map_filter_fold_with_futures(iterations: u64) {
    each(iterations, |k| {
        let mapped = futures::stream::iter(items()).then(|n| async move { mix(n, k) });
        let filtered = StreamExt::filter(mapped, |n| {
            let n = *n;
            async move { !n.is_multiple_of(4) }
        });
        drive(StreamExt::fold(filtered, 0, |sum, n| async move { add(sum, n) }))
    });
}

fn map_filter_fold_with_iterator(iterations: u64) {
    each(iterations, |k| {
        let filtered = items().map(|n| mix(n, k)).filter(|n| !n.is_multiple_of(4));
        filtered.fold(0, add)
    });
}

fn map_fold(iterations: u64) {
    each(iterations, |k| {
        let mapped = AsyncIterator::map(items().into_async_iter(), async |n| mix(n, k));
        drive(AsyncIterator::fold(mapped, 0, async |sum, n| add(sum, n)))
    });
}

fn map_fold_with_futures(iterations: u64) {
    each(iterations, |k| {
        let mapped = futures::stream::iter(items()).then(|n| async move { mix(n, k) });
        drive(StreamExt::fold(mapped, 0, |sum, n| async move { add(sum, n) }))
    });
}

fn map_fold_with_iterator(iterations: u64) {
    each(iterations, |k| items().map(|n| mix(n, k)).fold(0, add));
}
