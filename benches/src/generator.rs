//! A generator that emits numbers, read to its end, beside async-gen and async-stream.
//!
//! It is read as a `dyn Stream`, so that the one who reads knows nothing of the one who emits, as when they are in different
//! functions; and, `inlined`, where the compiler sees both and may make one loop of them.

use core::hint::black_box;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use futures::Stream;
use onpar_iter::stream;

use crate::Case;
use crate::case::Side;
use crate::iteration::{ITEMS, each};

pub(crate) const CASES: &[Case] = &[
    Case::new("generator", |n| with_onpar(n, Read::Elsewhere), |n| with_async_gen(n, Read::Elsewhere))
        .beside("async-gen")
        .units(ITEMS)
        .and(&[Side::new("async-stream", |n| with_async_stream(n, Read::Elsewhere))]),
    Case::new("generator_inlined", |n| with_onpar(n, Read::Here), |n| with_async_gen(n, Read::Here))
        .beside("async-gen")
        .units(ITEMS)
        .and(&[Side::new("async-stream", |n| with_async_stream(n, Read::Here))]),
];

/// Where it is read.
#[derive(Clone, Copy)]
enum Read {
    Here,
    Elsewhere,
}

fn read(items: impl Stream<Item = u64>, read: Read) -> u64 {
    let items = pin!(items);
    match read {
        Read::Here => sum(items),
        Read::Elsewhere => sum::<dyn Stream<Item = u64>>(black_box(items)),
    }
}

/// Polls a stream for one item after another, and adds them up.
fn sum<S: Stream<Item = u64> + ?Sized>(mut items: Pin<&mut S>) -> u64 {
    let mut sum = 0_u64;
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        match items.as_mut().poll_next(&mut cx) {
            Poll::Ready(Some(n)) => sum = sum.wrapping_add(black_box(n)),
            Poll::Ready(None) => return sum,
            Poll::Pending => {}
        }
    }
}

fn with_onpar(iterations: u64, from: Read) {
    each(iterations, |k| {
        read(
            stream(async |mut y| {
                for n in 0..u64::from(ITEMS) {
                    y.emit(n ^ k).await;
                }
            }),
            from,
        )
    });
}

fn with_async_gen(iterations: u64, from: Read) {
    each(iterations, |k| {
        read(
            async_gen::AsyncIter::from(async_gen::r#gen! {
                for n in 0..u64::from(ITEMS) {
                    yield n ^ k
                }
            }),
            from,
        )
    });
}

fn with_async_stream(iterations: u64, from: Read) {
    each(iterations, |k| {
        read(
            async_stream::stream! {
                for n in 0..u64::from(ITEMS) {
                    yield n ^ k
                }
            },
            from,
        )
    });
}
