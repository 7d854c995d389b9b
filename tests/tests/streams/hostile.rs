//! Members, items and wakers that do what they should not: nobody else has to suffer for it.

use alloc::sync::Arc;
use core::mem;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::{catch_unwind, resume_unwind};
use std::sync::Mutex;

use onpar_iter::share::{DropOldest, Missed, Reader, Shared, Wait};
use onpar_iter::{AsyncStreamExt as _, Group, IntoAsyncIterator as _, Stream, limit, merge, race_streams};
use onpar_test::ByHand;

use crate::fed::{Fed, Feed, fed};

fn panics<R>(f: impl FnOnce() -> R) -> bool {
    catch_unwind(AssertUnwindSafe(f)).is_err()
}

fn next<S: Stream>(stream: &mut ByHand<S>) -> Poll<Option<S::Item>> {
    stream.poll_with(Stream::poll_next)
}

/// A stream that panics as it is dropped, if it is told to.
struct Bitter {
    stream: Fed<u32>,
    panics: bool,
}

impl Stream for Bitter {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        Pin::new(&mut self.stream).poll_next(cx)
    }
}

impl Drop for Bitter {
    fn drop(&mut self) {
        if mem::take(&mut self.panics) {
            resume_unwind(Box::new("as it should"));
        }
    }
}

/// Some streams of which one panics as it is dropped.
fn bitter(members: usize, which: usize) -> (Vec<Feed<u32>>, Vec<Bitter>) {
    let (feeds, streams) = fed(members);
    let streams = streams.into_iter().enumerate();
    (feeds, streams.map(|(number, stream)| Bitter { stream, panics: number == which }).collect())
}

#[test]
fn a_member_that_panics_as_it_is_dropped_has_ended() {
    for members in [3, 7, 80] {
        let end = |merged: &mut ByHand<Pin<Box<dyn Stream<Item = u32>>>>, feeds: &[Feed<u32>]| {
            assert!(next(merged).is_pending());
            feeds[0].end();
            assert!(panics(|| next(merged)));
            feeds[1].give(7);
            feeds.iter().for_each(Feed::end);
            assert_eq!(next(merged), Poll::Ready(Some(7)));
            for _ in 0..3 {
                assert_eq!(next(merged), Poll::Ready(None));
            }
        };
        let (feeds, streams) = bitter(members, 0);
        end(&mut ByHand::new(Box::pin(merge(streams))), &feeds);
        let (feeds, streams) = bitter(members, 0);
        end(&mut ByHand::new(Box::pin(streams.into_iter().collect::<Group<_>>())), &feeds);
        let (feeds, streams) = bitter(members, 0);
        end(&mut ByHand::new(Box::pin(streams.into_async_iter().flatten_concurrent(limit!(100)))), &feeds);
    }
}

#[test]
fn a_loser_that_panics_as_it_is_dropped_keeps_no_other_loser() {
    for members in [3, 7, 80] {
        let (feeds, streams) = bitter(members, 0);
        let mut race = ByHand::new(race_streams(streams));
        feeds[members - 2].give_all([1, 2]);
        assert!(panics(|| next(&mut race)));
        assert_eq!(next(&mut race), Poll::Ready(Some(2)));
        assert!(feeds.iter().enumerate().all(|(number, feed)| feed.is_gone() == (number != members - 2)));
        feeds[members - 2].end();
        assert_eq!(next(&mut race), Poll::Ready(None));
    }
}

#[test]
fn a_future_that_panics_has_ended_what_it_would_have_ended() {
    let feed = Feed::new();
    let until = async { resume_unwind(Box::new("as it should")) };
    let mut taken = ByHand::new(feed.stream().take_until(until));
    feed.give(1);
    assert!(panics(|| next(&mut taken)));
    assert_eq!(next(&mut taken), Poll::Ready(None));
    assert!(feed.is_gone());
}

/// An item that calls something as it is cloned, and something as it is dropped, once each.
struct Busy {
    number: u32,
    cloned: Call,
    dropped: Call,
}

type Call = Arc<Mutex<Option<Box<dyn FnMut() + Send>>>>;

fn call(call: impl FnMut() + Send + 'static) -> Call {
    Arc::new(Mutex::new(Some(Box::new(call))))
}

fn nothing() -> Call {
    Arc::default()
}

fn run(call: &Call) {
    let taken = call.lock().map(|mut call| call.take());
    if let Ok(Some(mut call)) = taken {
        call();
    }
}

impl Clone for Busy {
    fn clone(&self) -> Self {
        run(&self.cloned);
        Self { number: self.number, cloned: nothing(), dropped: nothing() }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        run(&self.dropped);
    }
}

fn busy(number: u32, cloned: Call, dropped: Call) -> Busy {
    Busy { number, cloned, dropped }
}

fn plain(number: u32) -> Busy {
    busy(number, nothing(), nothing())
}

type Readers<P> = ByHand<Reader<Fed<Busy>, Busy, P>>;

fn number(reader: &mut Readers<Wait>) -> Poll<Option<u32>> {
    next(reader).map(|item| item.map(|item| item.number))
}

fn number_or_missed(reader: &mut Readers<DropOldest>) -> Poll<Option<Result<u32, Missed>>> {
    next(reader).map(|item| item.map(|item| item.map(|item| item.number)))
}

#[test]
fn items_that_panic_as_they_are_dropped_with_a_reader_make_room_for_others() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(2), Wait);
    let (lazy, mut keen) = (shared.subscribe(), ByHand::new(shared.subscribe()));
    let grim = || call(|| resume_unwind(Box::new("as it should")));
    feed.give_all([busy(1, nothing(), grim()), plain(2), plain(3)]);
    assert_eq!((number(&mut keen), number(&mut keen)), (Poll::Ready(Some(1)), Poll::Ready(Some(2))));
    assert!(number(&mut keen).is_pending() && !keen.is_woken());
    assert!(panics(|| drop(lazy)));
    assert!(keen.is_woken(), "there is room again");
    assert_eq!(number(&mut keen), Poll::Ready(Some(3)));
}

#[test]
fn a_missed_item_that_panics_as_it_is_dropped_is_missed_and_no_other() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(1), DropOldest);
    let (mut lazy, mut keen) = (ByHand::new(shared.subscribe()), ByHand::new(shared.subscribe()));
    assert!(number_or_missed(&mut lazy).is_pending());
    feed.give_all([busy(1, nothing(), call(|| resume_unwind(Box::new("as it should")))), plain(2)]);
    assert_eq!(number_or_missed(&mut keen), Poll::Ready(Some(Ok(1))));
    assert!(panics(|| number_or_missed(&mut keen)));
    assert_eq!(number_or_missed(&mut keen), Poll::Ready(Some(Ok(2))));
    assert!(lazy.is_woken());
    assert_eq!(number_or_missed(&mut lazy), Poll::Ready(Some(Err(Missed::new(1)))));
    assert_eq!(number_or_missed(&mut lazy), Poll::Ready(Some(Ok(2))));
}

#[test]
fn an_item_nobody_wants_any_more_when_it_was_cloned_may_panic_as_it_is_dropped() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(1), Wait);
    let other = Arc::new(Mutex::new(Some(shared.subscribe())));
    let mut reader = ByHand::new(shared.subscribe());
    let leaves = {
        let other = Arc::clone(&other);
        call(move || drop(other.lock().map(|mut other| other.take())))
    };
    feed.give_all([busy(1, leaves, call(|| resume_unwind(Box::new("as it should")))), plain(2)]);
    // Its clone makes the other reader go, so this one has read it as the last, and it is dropped.
    assert!(panics(|| number(&mut reader)));
    assert_eq!(number(&mut reader), Poll::Ready(Some(2)));
}

#[test]
fn an_item_may_use_its_own_stream_as_it_is_cloned() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(2), Wait);
    let [mut first, second] = [(); 2].map(|()| ByHand::new(shared.subscribe()));
    let second = Arc::new(Mutex::new(second));
    let found = Arc::new(Mutex::new(Vec::new()));
    let uses = {
        let (second, found, feed) = (Arc::clone(&second), Arc::clone(&found), feed.clone());
        call(move || {
            // The item is being cloned, so another reader waits for it, and is told.
            let polled = second.lock().map(|mut second| number(&mut second));
            let (mut late, copy) = (ByHand::new(shared.subscribe()), shared.subscribe().clone());
            feed.give(plain(2));
            let of_late = number(&mut late);
            drop(copy);
            found.lock().expect("no panic").push((polled.expect("no panic"), of_late));
        })
    };
    feed.give(busy(1, uses, nothing()));
    assert_eq!(number(&mut first), Poll::Ready(Some(1)));
    assert_eq!(found.lock().expect("no panic").pop(), Some((Poll::Pending, Poll::Ready(Some(2)))));
    let mut second = second.lock().expect("no panic");
    assert!(second.is_woken());
    assert_eq!((number(&mut second), number(&mut second)), (Poll::Ready(Some(1)), Poll::Ready(Some(2))));
    assert_eq!(number(&mut first), Poll::Ready(Some(2)));
}

#[test]
fn an_item_may_use_its_own_stream_as_it_is_dropped() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(1), DropOldest);
    let [mut first, mut second] = [(); 2].map(|()| ByHand::new(shared.subscribe()));
    let third = Arc::new(Mutex::new(Some(ByHand::new(shared.subscribe()))));
    let uses = {
        let third = Arc::clone(&third);
        let shared: Shared<Fed<Busy>, Busy, DropOldest> = shared.clone();
        call(move || {
            let mut third = third.lock().expect("no panic");
            if let Some(mut reader) = third.take() {
                assert_eq!(number_or_missed(&mut reader), Poll::Ready(Some(Err(Missed::new(1)))));
                assert_eq!(number_or_missed(&mut reader), Poll::Ready(Some(Ok(2))));
            }
            drop(shared.subscribe());
        })
    };
    feed.give(busy(1, nothing(), uses));
    assert_eq!(number_or_missed(&mut first), Poll::Ready(Some(Ok(1))));
    feed.give(plain(2));
    // The first item makes way for the second, and is dropped.
    assert_eq!(number_or_missed(&mut first), Poll::Ready(Some(Ok(2))));
    assert!(third.lock().expect("no panic").is_none());
    assert_eq!(number_or_missed(&mut second), Poll::Ready(Some(Err(Missed::new(1)))));
    assert_eq!(number_or_missed(&mut second), Poll::Ready(Some(Ok(2))));
}

/// A stream that polls a reader of itself.
struct Mirror(Arc<Mutex<Option<ByHand<Reader<Mirror, u32, Wait>>>>>, Fed<u32>);

impl Stream for Mirror {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        let place = Arc::clone(&self.0);
        let reader = place.lock().expect("no panic").take();
        if let Some(mut reader) = reader {
            assert!(next(&mut reader).is_pending(), "it is being polled");
            *place.lock().expect("no panic") = Some(reader);
        }
        Pin::new(&mut self.1).poll_next(cx)
    }
}

#[test]
fn a_stream_may_poll_a_reader_of_itself() {
    let feed = Feed::new();
    let inner = Arc::new(Mutex::new(None));
    let shared = Mirror(Arc::clone(&inner), feed.stream()).share(limit!(1), Wait);
    let mut outer = ByHand::new(shared.subscribe());
    *inner.lock().expect("no panic") = Some(ByHand::new(shared.subscribe()));
    assert!(next(&mut outer).is_pending());
    feed.give(7);
    assert_eq!(next(&mut outer), Poll::Ready(Some(7)));
    let mut reader = inner.lock().expect("no panic").take().expect("it was put back");
    assert!(reader.is_woken());
    assert_eq!(next(&mut reader), Poll::Ready(Some(7)));
}

#[test]
fn a_reader_that_is_forgotten_costs_memory_and_nothing_else() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(2), DropOldest);
    let mut reader = ByHand::new(shared.subscribe());
    mem::forget(shared.subscribe());
    for item in 0..10 {
        feed.give(item);
        assert_eq!(next(&mut reader), Poll::Ready(Some(Ok(item))));
    }
    feed.end();
    assert_eq!(next(&mut reader), Poll::Ready(None));
    assert!(feed.is_gone());
}

/// Wakes whoever polls it, before and after it looks, and ends after some polls.
struct Restless(u32);

impl Stream for Restless {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        cx.waker().wake_by_ref();
        let kept = cx.waker().clone();
        let Some(left) = self.0.checked_sub(1) else { return Poll::Ready(None) };
        self.0 = left;
        let polled = if left % 2 == 0 { Poll::Ready(Some(left)) } else { Poll::Pending };
        kept.wake();
        polled
    }
}

#[test]
fn streams_that_wake_whoever_polls_them_give_all_they_have() {
    for members in [2, 40] {
        let restless = || (0..members).map(|_| Restless(10));
        let streams: [Pin<Box<dyn Stream<Item = u32>>>; 4] = [
            Box::pin(merge(restless().collect::<Vec<_>>())),
            Box::pin(restless().collect::<Group<_>>()),
            Box::pin(restless().into_async_iter().flatten_concurrent(limit!(9))),
            Box::pin(merge(restless().map(|stream| stream.share(limit!(1), Wait).subscribe()).collect::<Vec<_>>())),
        ];
        for stream in streams {
            let mut stream = ByHand::new(stream);
            let mut given = 0;
            loop {
                match next(&mut stream) {
                    Poll::Ready(Some(_)) => given += 1,
                    Poll::Ready(None) => break,
                    Poll::Pending => assert!(stream.is_woken()),
                }
            }
            assert_eq!(given, members * 5);
        }
    }
}
