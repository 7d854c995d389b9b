//! What the adaptors of `AsyncItertools` promise beyond what `itertools` does: what they hold and for how long, what a panic
//! leaves, and what two halves of a stream do to each other.

extern crate alloc;

use alloc::sync::Arc;
use core::cell::Cell;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::catch_unwind;
use std::thread;

use futures::channel::mpsc::{UnboundedSender, unbounded};
use onpar_iter::adapt::EitherOrBoth;
use onpar_iter::{
    AsyncIterator as _, AsyncItertools, AsyncTryIterator, IntoAsyncIterator as _, Stream, limit, sync_ref,
};
use onpar_test::ByHand;

/// What a stream gives when it is polled once.
fn next<S: Stream>(stream: &mut ByHand<S>) -> Poll<Option<S::Item>> {
    stream.poll_with(Stream::poll_next)
}

/// A stream made of one whose items the test sends.
fn sent<T, S>(make: impl FnOnce(futures::channel::mpsc::UnboundedReceiver<T>) -> S) -> (UnboundedSender<T>, ByHand<S>) {
    let (send, receive) = unbounded();
    (send, ByHand::new(make(receive)))
}

#[test]
fn dedup_holds_an_item_until_the_next_other_one_and_dedup_by_key_gives_it_at_once() {
    let (send, mut held) = sent(AsyncItertools::dedup);
    let (send_too, mut at_once) = sent(|items| items.dedup_by_key(sync_ref(|n: &u8| *n)));
    for (item, given, given_at_once) in [(1, None, Some(1)), (1, None, None), (2, Some(1), Some(2))] {
        send.unbounded_send(item).expect("it is there");
        send_too.unbounded_send(item).expect("it is there");
        let polled = |item| if let Some(item) = item { Poll::Ready(Some(item)) } else { Poll::Pending };
        assert_eq!((next(&mut held), next(&mut at_once)), (polled(given), polled(given_at_once)));
    }
    drop((send, send_too));
    assert_eq!((next(&mut held), next(&mut at_once)), (Poll::Ready(Some(2)), Poll::Ready(None)));
    assert_eq!(next(&mut held), Poll::Ready(None));
}

#[test]
fn a_separator_comes_with_the_item_that_follows_it() {
    let (send, mut words) = sent(|items| items.intersperse("-"));
    send.unbounded_send("a").expect("it is there");
    assert_eq!((next(&mut words), next(&mut words)), (Poll::Ready(Some("a")), Poll::Pending));
    send.unbounded_send("b").expect("it is there");
    assert_eq!((next(&mut words), next(&mut words)), (Poll::Ready(Some("-")), Poll::Ready(Some("b"))));
}

/// Asked after its end, it panics: many streams do.
struct Touchy(u32);

impl Stream for Touchy {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        let item = self.0.checked_sub(1).expect("it has ended before");
        self.0 = item;
        Poll::Ready((item > 0).then_some(item))
    }
}

#[test]
fn what_gives_something_after_the_end_of_its_stream_does_not_ask_it_again() {
    fn drained<S: Stream>(stream: S) {
        let mut stream = ByHand::new(stream);
        while next(&mut stream).map(|item| item.is_some()) == Poll::Ready(true) {}
        assert!(matches!(next(&mut stream), Poll::Ready(None)));
    }

    let items = || Touchy(4);
    drained(items().dedup());
    drained(items().dedup_by(async |a, b| a == b));
    drained(items().dedup_with_count());
    drained(items().coalesce(async |a, b| Err((a, b))));
    drained(items().with_position());
    drained(items().chunks(limit!(2)));
    drained(items().chunk_by(async |n| n % 2));
    drained(items().interleave(items()));
    drained(items().zip_longest(items()));
    drained(items().merge_by(items(), async |a, b| a < b));
    drained(items().merge_join_by(items(), async |a, b| b.cmp(a)));
    drained([Touchy(3), Touchy(1), Touchy(5)].into_async_iter().kmerge());
    drained(items().sorted());
    drained(items().sorted_by(async |a, b| a.cmp(b)));
    drained(items().sorted_by_key(async |n| *n));
    drained(items().k_smallest(2));
    drained(items().k_largest_by_key(2, async |n| *n));
    drained(items().tail(2));
    let (left, right) = items().tee(limit!(9));
    drained(left);
    drained(right);
}

#[test]
fn what_is_left_over_of_arrays_is_there_at_any_time() {
    let (send, mut pairs) = sent(AsyncItertools::array_chunks::<2>);
    send.unbounded_send('a').expect("it is there");
    assert_eq!(next(&mut pairs), Poll::Pending);
    assert!(pairs.poll_with(|pairs, _| pairs.remainder().eq(['a'])));
    for item in ['b', 'c', 'd'] {
        send.unbounded_send(item).expect("it is there");
    }
    drop(send);
    assert_eq!((next(&mut pairs), next(&mut pairs)), (Poll::Ready(Some(['b', 'c'])), Poll::Ready(None)));
    assert!(pairs.poll_with(|pairs, _| pairs.remainder().eq(['d'])));
    assert!(pairs.poll_with(|pairs, _| pairs.remainder().next().is_none()));
}

#[test]
fn of_equal_items_those_of_the_earlier_stream_come_first_and_few_are_compared() {
    const STREAMS: usize = 16;
    const ITEMS: usize = 100;
    let compared = Cell::new(0);
    let of_one = |number: usize| (0..ITEMS).map(move |item| (item / 3, number)).into_async_iter();
    let all = (0..STREAMS).map(of_one).into_async_iter().kmerge_by(async |(a, _): &(usize, _), (b, _): &(usize, _)| {
        compared.set(compared.get() + 1);
        a < b
    });
    let merged = ByHand::new(all.collect::<Vec<_>>()).finish();
    let mut expected: Vec<_> = (0..STREAMS).flat_map(|number| (0..ITEMS).map(move |item| (item / 3, number))).collect();
    expected.sort_unstable();
    assert_eq!(merged, expected);
    // log2(16) for each; the heads at the beginning take fewer.
    assert!(compared.get() <= STREAMS * ITEMS * 4, "{}", compared.get());
}

#[test]
fn a_panic_of_a_comparison_takes_both_items_and_leaves_the_others_in_order() {
    for panics_at in 0..40 {
        let calls = Cell::new(0);
        let less = async |a: &u32, b: &u32| {
            calls.set(calls.get() + 1);
            if calls.get() - 1 == panics_at {
                std::panic::resume_unwind(Box::new("as it should"));
            }
            a < b
        };
        let streams = (0..5).map(|first| (0..4).map(move |n| first + n * 5).into_async_iter());
        let mut merged = ByHand::new(streams.into_async_iter().kmerge_by(less));
        let mut sorted = ByHand::new([5, 2, 8, 1, 9, 3, 7, 4, 0, 6, 10].into_async_iter().sorted_by(async |a, b| {
            less(a, b).await;
            a.cmp(b)
        }));
        let (of_merged, panics) = drain(&mut merged);
        assert_eq!(of_merged.len() + 2 * panics, 20, "at {panics_at}");
        assert!(of_merged.is_sorted(), "at {panics_at}: {of_merged:?}");
        calls.set(0);
        let (of_sorted, panics) = drain(&mut sorted);
        assert_eq!(of_sorted.len() + 2 * panics, 11, "at {panics_at}");
        assert!(of_sorted.is_sorted(), "at {panics_at}: {of_sorted:?}");
    }
}

/// All items, and how often there was a panic before one.
fn drain<S: Stream>(stream: &mut ByHand<S>) -> (Vec<S::Item>, usize) {
    let (mut items, mut panics) = (Vec::new(), 0);
    loop {
        match catch_unwind(AssertUnwindSafe(|| next(stream))) {
            Ok(Poll::Ready(Some(item))) => items.push(item),
            Ok(Poll::Ready(None)) => return (items, panics),
            Ok(Poll::Pending) => panic!("nothing is pending here"),
            Err(_) => panics += 1,
        }
    }
}

#[test]
fn pairs_of_what_differs_are_told_apart() {
    let (old, new) = (["a", "b", "d"].into_async_iter(), ["b", "c"].into_async_iter());
    let joined = old.merge_join_by(new, async |a, b| a.cmp(b));
    let kinds = ByHand::new(
        joined
            .map(async |item| match item {
                EitherOrBoth::Left(gone) => format!("-{gone}"),
                EitherOrBoth::Right(new) => format!("+{new}"),
                EitherOrBoth::Both(same, _) => format!("={same}"),
            })
            .join(" "),
    )
    .finish();
    assert_eq!(kinds, "-a =b +c -d");
}

#[test]
fn a_half_that_is_ahead_by_the_limit_waits_until_the_other_follows_or_is_gone() {
    let (left, right) = (0..5).into_async_iter().tee(limit!(2));
    let (mut left, mut right) = (ByHand::new(left), ByHand::new(right));
    assert_eq!((next(&mut left), next(&mut left)), (Poll::Ready(Some(0)), Poll::Ready(Some(1))));
    assert_eq!((next(&mut left), left.is_woken()), (Poll::Pending, false));
    assert_eq!(next(&mut right), Poll::Ready(Some(0)));
    assert!(left.is_woken());
    assert_eq!((next(&mut left), next(&mut left)), (Poll::Ready(Some(2)), Poll::Pending));
    drop(right);
    assert!(left.is_woken());
    assert_eq!((next(&mut left), next(&mut left)), (Poll::Ready(Some(3)), Poll::Ready(Some(4))));
    assert_eq!(next(&mut left), Poll::Ready(None));
}

#[test]
fn a_half_that_waits_is_woken_by_the_stream_whoever_polled_it_last_and_not_without_need() {
    let (send, receive) = unbounded();
    let (left, right) = receive.tee(limit!(4));
    let (mut left, mut right) = (ByHand::new(left), ByHand::new(right));
    assert_eq!((next(&mut left), next(&mut right)), (Poll::Pending, Poll::Pending));
    assert!(!left.is_woken() && !right.is_woken(), "two halves that wait do not wake each other");
    send.unbounded_send('a').expect("it is there");
    assert!(left.is_woken() && right.is_woken());
    assert_eq!((next(&mut left), next(&mut right)), (Poll::Ready(Some('a')), Poll::Ready(Some('a'))));
}

/// Pending at its first poll, and ready at the next, without a wake: time may have passed.
struct ReadyWhenAskedAgain(bool);

impl Stream for ReadyWhenAskedAgain {
    type Item = char;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<char>> {
        let asked = core::mem::replace(&mut self.0, true);
        if asked { Poll::Ready(Some('a')) } else { Poll::Pending }
    }
}

#[test]
fn a_half_that_waits_is_woken_by_the_other_one_that_has_got_an_item() {
    let (left, right) = ReadyWhenAskedAgain(false).tee(limit!(4));
    let (mut left, mut right) = (ByHand::new(left), ByHand::new(right));
    assert_eq!((next(&mut left), next(&mut right)), (Poll::Pending, Poll::Ready(Some('a'))));
    assert!(left.is_woken());
    assert_eq!(next(&mut left), Poll::Ready(Some('a')));
}

#[test]
fn what_a_half_has_not_had_is_dropped_with_it() {
    let item = Arc::new(());
    let (mut left, right) = [Arc::clone(&item), Arc::clone(&item)].into_async_iter().tee(limit!(4));
    assert_eq!(ByHand::new(left.by_ref().count()).finish(), 2);
    assert_eq!(Arc::strong_count(&item), 3);
    drop(right);
    assert_eq!(Arc::strong_count(&item), 1);
    drop(left);
}

#[test]
fn halves_on_two_threads_have_all_items_in_order() {
    const ITEMS: u32 = 20_000;

    fn check(half: impl Stream<Item = u32> + Send + 'static) -> thread::JoinHandle<bool> {
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
            runtime.block_on(half.eq((0..ITEMS).into_async_iter()))
        })
    }

    let yielding = (0..ITEMS).into_async_iter().map(async |n| {
        if n % 7 == 0 {
            tokio::task::yield_now().await;
        }
        n
    });
    let (left, right) = yielding.tee(limit!(3));
    let (left, right) = (check(left), check(right));
    assert!(left.join().expect("no panic") && right.join().expect("no panic"));
}

#[test]
fn what_is_there_comes_at_once_and_an_error_with_what_came_before_it() {
    let (send, mut chunks) = sent(|items| AsyncTryIterator::try_ready_chunks(items, limit!(3)));
    assert_eq!(next(&mut chunks), Poll::Pending);
    for item in [Ok(1), Ok(2), Err("gone"), Err("lost"), Ok(3)] {
        send.unbounded_send(item).expect("it is there");
    }
    for (items, error) in [(vec![1, 2], "gone"), (vec![], "lost")] {
        let Poll::Ready(Some(Err(found))) = next(&mut chunks) else { panic!("an error is there") };
        assert_eq!((found.items, found.error), (items, error));
    }
    assert_eq!((next(&mut chunks), next(&mut chunks)), (Poll::Ready(Some(Ok(vec![3]))), Poll::Pending));
    drop(send);
    assert_eq!((next(&mut chunks), next(&mut chunks)), (Poll::Ready(None), Poll::Ready(None)));
}

#[test]
fn an_error_of_the_outer_stream_waits_for_room_like_a_stream() {
    let (send, inner) = unbounded::<Result<u8, &str>>();
    let pages = [Ok(inner), Err("gone")].into_async_iter();
    let mut lines = ByHand::new(pages.try_flatten_concurrent(limit!(1)));
    send.unbounded_send(Ok(1)).expect("it is there");
    assert_eq!((next(&mut lines), next(&mut lines)), (Poll::Ready(Some(Ok(1))), Poll::Pending));
    drop(send);
    assert_eq!((next(&mut lines), next(&mut lines)), (Poll::Ready(Some(Err("gone"))), Poll::Ready(None)));
}
