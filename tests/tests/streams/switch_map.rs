//! `switch_map`: what runs is what was begun for the latest item, and nothing else.

use alloc::sync::Arc;
use core::cell::{Cell, RefCell};
use core::future::pending;
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use core::time::Duration;
use std::panic::catch_unwind;

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, AsyncStreamExt as _, IntoAsyncIterator as _, Stream, stream};
use onpar_test::{ByHand, Rt, Sim};
use proptest::prelude::*;

use crate::fed::{Fed, Feed, fed};

#[derive(Clone, Copy, Debug)]
enum Act {
    /// The outer stream gives the next of the inner ones.
    Open,
    Give(usize),
    End(usize),
    Poll,
}

const STREAMS: usize = 5;

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        1 => Just(Act::Open),
        4 => (0..STREAMS).prop_map(Act::Give),
        1 => (0..STREAMS).prop_map(Act::End),
        5 => Just(Act::Poll),
    ];
    proptest::collection::vec(act, 0..80)
}

proptest! {
    #![proptest_config(onpar_tests::cases(400))]

    #[test]
    fn the_items_of_the_latest_are_given_and_the_one_before_is_dropped(acts in acts()) {
        let outer = Feed::new();
        let (feeds, streams) = fed::<u32>(STREAMS);
        let streams: RefCell<Vec<Option<Fed<u32>>>> = RefCell::new(streams.into_iter().map(Some).collect());
        let mut switched = ByHand::new(outer.stream().switch_map(async |number: usize| {
            streams.borrow_mut()[number].take().expect("each once")
        }));
        let (mut opened, mut seen, mut latest, mut waits, mut number) = (0, 0, None, false, 0);
        let (mut hints, mut given) = (Vec::new(), 0);
        let mut sent: Vec<Vec<u32>> = vec![Vec::new(); STREAMS];
        let length = acts.len();
        for (time, act) in acts.into_iter().chain(core::iter::repeat_n(Act::Poll, length + 3)).enumerate() {
            if time == length {
                outer.end();
                feeds.iter().for_each(Feed::end);
            }
            match act {
                Act::Open if opened < STREAMS => {
                    outer.give(opened);
                    opened += 1;
                    prop_assert!(!waits || switched.is_woken(), "a wake is lost");
                }
                Act::Open => {}
                Act::Give(member) if feeds[member].has_ended() => {}
                Act::Give(member) => {
                    number += 1;
                    feeds[member].give(number);
                    sent[member].push(number);
                    prop_assert!(!waits || latest != Some(member) || switched.is_woken(), "a wake is lost");
                }
                Act::End(member) => feeds[member].end(),
                Act::Poll => {
                    hints.push((given, switched.as_mut().size_hint()));
                    if opened > seen {
                        (seen, latest) = (opened, Some(opened - 1));
                    }
                    let is_over = latest.is_none_or(|latest: usize| sent[latest].is_empty() && feeds[latest].has_ended());
                    let expected = match latest {
                        Some(latest) if !sent[latest].is_empty() => Poll::Ready(Some(sent[latest].remove(0))),
                        _ if outer.has_ended() && is_over => Poll::Ready(None),
                        _ => Poll::Pending,
                    };
                    prop_assert_eq!(switched.poll_with(Stream::poll_next), expected);
                    waits = expected.is_pending();
                    given += usize::from(matches!(expected, Poll::Ready(Some(_))));
                    // Of those that have been opened, the latest runs, and the others are gone or were never asked for.
                    for (member, feed) in feeds.iter().enumerate() {
                        let runs = !feed.is_gone() && streams.borrow()[member].is_none();
                        prop_assert!(!runs || latest == Some(member), "{} still runs", member);
                    }
                }
            }
        }
        prop_assert_eq!(switched.as_mut().size_hint(), (0, Some(0)));
        for (before, (lower, upper)) in hints {
            prop_assert!(lower <= given - before && upper.is_none_or(|upper| given - before <= upper));
        }
    }
}

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// An item after each so many milliseconds.
fn ticks<T: 'static>(rt: &Rt, every: u64, items: Vec<T>) -> impl Stream<Item = T> + use<T> {
    let rt = rt.clone();
    stream(async move |mut y| {
        for item in items {
            rt.sleep(millis(every)).await;
            y.emit(item).await;
        }
    })
}

#[test]
fn each_item_comes_at_its_time_until_the_next_one_switches() {
    Sim::new(1).run(async |rt| {
        let start = rt.now();
        let inner = async |text: char| {
            rt.sleep(millis(5)).await;
            ticks(&rt, 10, [1, 2, 3].map(|n| (text, n)).to_vec())
        };
        let outer = ticks(&rt, 30, vec!['a', 'b']);
        let found = RefCell::new(Vec::new());
        outer
            .switch_map(inner)
            .for_each(async |(text, n)| found.borrow_mut().push((text, n, (rt.now() - start).as_millis())))
            .await;
        // The third of `a` would have come at 65.
        let expected = [('a', 1, 45), ('a', 2, 55), ('b', 1, 75), ('b', 2, 85), ('b', 3, 95)];
        assert_eq!(found.into_inner(), expected);
    });
}

#[test]
fn a_call_that_has_not_ended_is_dropped_with_its_item_as_soon_as_there_is_a_newer_one() {
    let outer = Feed::new();
    let held = Arc::new(());
    let calls = Cell::new(0);
    let mut switched = ByHand::new(outer.stream().switch_map(async |item: Arc<()>| {
        calls.set(calls.get() + 1);
        if calls.get() == 1 {
            pending::<()>().await;
        }
        [Arc::strong_count(&item)].into_async_iter()
    }));
    outer.give(Arc::clone(&held));
    assert!(switched.poll_with(Stream::poll_next).is_pending());
    assert_eq!(Arc::strong_count(&held), 2);
    outer.give(Arc::clone(&held));
    assert!(switched.is_woken());
    // The one item that is held is the new one's.
    assert_eq!(switched.poll_with(Stream::poll_next), Poll::Ready(Some(2)));
    outer.end();
    assert_eq!(switched.poll_with(Stream::poll_next), Poll::Ready(None));
    assert_eq!((Arc::strong_count(&held), calls.get()), (1, 2));
}

#[test]
fn of_items_that_are_there_together_the_closure_sees_the_last() {
    let seen = RefCell::new(Vec::new());
    let switched = (0..10).into_async_iter().switch_map(async |n| {
        seen.borrow_mut().push(n);
        [n].into_async_iter()
    });
    assert_eq!(ByHand::new(switched.collect::<Vec<_>>()).finish(), [9]);
    assert_eq!(seen.into_inner(), [9]);
}

#[test]
fn an_outer_stream_that_always_has_an_item_lets_the_inner_ones_have_their_turn() {
    let mut switched = ByHand::new((0..).into_async_iter().switch_map(async |n: u32| [n].into_async_iter()));
    let mut last = None;
    for _ in 0..5 {
        let Poll::Ready(Some(item)) = switched.poll_with(Stream::poll_next) else { panic!("an item") };
        assert!(last < Some(item));
        last = Some(item);
    }
}

#[test]
fn a_closure_that_panics_loses_its_item_and_the_next_one_goes_on() {
    let outer = Feed::new();
    let mut switched = ByHand::new(outer.stream().switch_map(async |n: u32| {
        assert_ne!(n, 1, "told to");
        [n].into_async_iter()
    }));
    outer.give(1);
    assert!(catch_unwind(AssertUnwindSafe(|| switched.poll_with(Stream::poll_next).is_pending())).is_err());
    assert!(switched.poll_with(Stream::poll_next).is_pending());
    outer.give(2);
    assert_eq!(switched.poll_with(Stream::poll_next), Poll::Ready(Some(2)));
}

#[test]
fn closures_that_change_what_they_capture_and_those_that_are_lent_a_state() {
    Sim::new(2).run(async |rt| {
        let mut calls = 0;
        let counted = ticks(&rt, 10, vec![1, 2, 3]).switch_map_mut(async |n| {
            calls += 1;
            [n; 2].into_async_iter()
        });
        assert_eq!((counted.collect::<Vec<_>>().await, calls), (vec![1, 1, 2, 2, 3, 3], 3));
        let stated = ticks(&rt, 10, vec![1, 2, 3]).switch_map_with(10, async |sum, n| {
            *sum += n;
            [*sum].into_async_iter()
        });
        assert_eq!(stated.collect::<Vec<_>>().await, [11, 13, 16]);
    });
}
