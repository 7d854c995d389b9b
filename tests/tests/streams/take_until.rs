//! `take_until` and `ready_chunks`.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::pin::{Pin, pin};
use core::task::Poll;
use core::time::Duration;

use futures::channel::oneshot;
use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, AsyncStreamExt as _, IntoAsyncIterator as _, Stream, limit};
use onpar_test::{ByHand, Sim};
use proptest::prelude::*;

use crate::fed::Feed;

#[test]
fn when_the_future_has_ended_both_are_dropped_and_no_item_is_taken() {
    let (feed, (stop, stopped)) = (Feed::new(), oneshot::channel::<()>());
    let held = Arc::new(());
    let until = {
        let held = Arc::clone(&held);
        async move {
            let _ = stopped.await;
            drop(held);
        }
    };
    let mut lent = feed.stream();
    let mut taken = ByHand::new(Pin::new(&mut lent).take_until(until));
    feed.give_all([1, 2]);
    assert_eq!(taken.as_mut().size_hint(), (0, None));
    assert_eq!(taken.poll_with(Stream::poll_next), Poll::Ready(Some(1)));
    assert_eq!(taken.poll_with(Stream::poll_next), Poll::Ready(Some(2)));
    assert!(taken.poll_with(Stream::poll_next).is_pending());
    stop.send(()).expect("somebody waits");
    assert!(taken.is_woken());
    feed.give(3);
    for _ in 0..3 {
        assert_eq!(taken.poll_with(Stream::poll_next), Poll::Ready(None));
        assert_eq!(taken.as_mut().size_hint(), (0, Some(0)));
    }
    assert_eq!((Arc::strong_count(&held), feed.left()), (1, 1));
}

#[test]
fn when_the_stream_has_ended_the_future_is_dropped() {
    let held = Arc::new(());
    let until = {
        let held = Arc::clone(&held);
        async move {
            core::future::pending::<()>().await;
            drop(held);
        }
    };
    let mut taken = ByHand::new([1].into_async_iter().take_until(until));
    assert_eq!(taken.poll_with(Stream::poll_next), Poll::Ready(Some(1)));
    assert_eq!(Arc::strong_count(&held), 2);
    assert_eq!(taken.poll_with(Stream::poll_next), Poll::Ready(None));
    assert_eq!(Arc::strong_count(&held), 1);
}

#[test]
fn a_stream_that_always_has_an_item_ends_at_the_time() {
    Sim::new(1).run(async |rt| {
        let start = rt.now();
        let items = (0..).into_async_iter().map(async |n| {
            rt.sleep(Duration::from_millis(10)).await;
            n
        });
        let taken = items.take_until(rt.sleep(Duration::from_millis(35)));
        assert_eq!(taken.count().await, 3);
        assert_eq!(rt.now() - start, Duration::from_millis(35));
        let at_once = (0..).into_async_iter().take_until(async {});
        assert_eq!(at_once.count().await, 0);
    });
}

proptest! {
    #![proptest_config(onpar_tests::cases(200))]

    /// All that are there, and no more than the limit; in order, and none is empty.
    #[test]
    fn ready_chunks_give_what_is_there(given in proptest::collection::vec(0..9_usize, 0..12), most in 1..5_usize) {
        let feed = Feed::new();
        let mut chunks = ByHand::new(feed.stream().ready_chunks(most.try_into().expect("not zero")));
        let (mut number, mut left, mut hints, mut chunks_so_far) = (0, 0_usize, Vec::new(), 0);
        for count in given.iter().copied().chain(core::iter::repeat_n(0, 120)) {
            for _ in 0..count {
                feed.give(number);
                number += 1;
            }
            left += count;
            hints.push((chunks_so_far, chunks.as_mut().size_hint()));
            let found = chunks.poll_with(Stream::poll_next);
            if left == 0 {
                prop_assert!(found.is_pending() && !chunks.is_woken());
                continue;
            }
            let size = left.min(most);
            let first = number - left;
            prop_assert_eq!(found, Poll::Ready(Some((first..first + size).collect::<Vec<_>>())));
            prop_assert_eq!(feed.left(), left - size);
            left -= size;
            chunks_so_far += 1;
        }
        feed.end();
        for _ in 0..3 {
            prop_assert_eq!(chunks.poll_with(Stream::poll_next), Poll::Ready(None));
        }
        for (before, (lower, upper)) in hints {
            let left = chunks_so_far - before;
            prop_assert!(lower <= left && upper.is_none_or(|upper| left <= upper));
        }
    }
}

#[test]
fn the_last_chunk_is_what_was_there_at_the_end() {
    ByHand::new(async {
        let mut chunks = pin!((0..5).into_async_iter().ready_chunks(limit!(3)));
        assert_eq!(chunks.size_hint(), (2, Some(5)));
        assert_eq!(chunks.next().await, Some(vec![0, 1, 2]));
        assert_eq!(chunks.next().await, Some(vec![3, 4]));
        assert_eq!(poll_fn(|cx| chunks.as_mut().poll_next(cx)).await, None);
        assert_eq!(chunks.next().await, None);
    })
    .finish();
}
