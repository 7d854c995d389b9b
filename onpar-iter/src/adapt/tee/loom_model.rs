//! Two halves of a stream on two threads, model-checked with loom: whoever waits is woken, and both have all items.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p onpar-iter --release --lib loom`.

use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use futures_core::Stream;
use loom::future::block_on;
use loom::thread;
use onpar_core::limit;

use super::Tee;
use crate::{AsyncIterator as _, channel, once};

/// Interleavings with at most two preemptions (see the model of channels).
fn check(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(model);
}

async fn all<S: Stream<Item = u8>>(mut half: Tee<S, u8>) -> Vec<u8> {
    let mut items = Vec::new();
    while let Some(item) = half.next().await {
        items.push(item);
    }
    items
}

/// Is pending once, between two items, and wakes whom it was polled by.
struct Pausing(u8);

impl Stream for Pausing {
    type Item = u8;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u8>> {
        self.0 += 1;
        match self.0 {
            1 => Poll::Ready(Some(1)),
            2 => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            3 => Poll::Ready(Some(2)),
            _ => Poll::Ready(None),
        }
    }
}

#[test]
fn halves_on_two_threads_have_all_items_though_one_is_ahead_by_the_limit() {
    check(|| {
        let (left, right) = super::new(Pausing(0), limit!(1));
        let right = thread::spawn(move || block_on(all(right)));
        assert_eq!(block_on(all(left)), [1, 2]);
        assert_eq!(right.join().expect("no panic"), [1, 2]);
    });
}

#[test]
fn what_is_sent_wakes_the_half_that_waits_whoever_polled_the_stream_last() {
    check(|| {
        let (sender, receiver) = channel(limit!(1));
        let (mut left, right) = super::new(receiver, limit!(2));
        let right = thread::spawn(move || block_on(all(right)));
        // It has polled the stream, perhaps last, and is gone.
        let _ = Pin::new(&mut left).poll_next(&mut Context::from_waker(Waker::noop()));
        drop(left);
        sender.try_send(1).expect("there is room");
        drop(sender);
        let had = right.join().expect("no panic");
        assert_eq!(had, [1]);
    });
}

/// The stream wakes both halves while one of them is polling it, and that one is not polled again.
#[test]
fn a_half_that_found_the_stream_out_is_woken_when_it_is_back() {
    check(|| {
        let (mut left, right) = super::new(Pausing(0), limit!(3));
        let right = thread::spawn(move || block_on(all(right)));
        for _ in 0..2 {
            let _ = Pin::new(&mut left).poll_next(&mut Context::from_waker(Waker::noop()));
        }
        assert_eq!(right.join().expect("no panic"), [1, 2]);
    });
}

#[test]
fn a_half_that_waits_for_the_other_to_follow_is_woken_when_that_is_dropped() {
    check(|| {
        let (left, right) = super::new(once(1).chain(once(2)), limit!(1));
        let gone = thread::spawn(move || drop(right));
        assert_eq!(block_on(all(left)), [1, 2]);
        gone.join().expect("no panic");
    });
}
