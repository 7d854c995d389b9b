//! `flatten_concurrent` and `flat_map_concurrent`: how many run, and what hangs elsewhere.

use core::cell::Cell;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, AsyncStreamExt as _, IntoAsyncIterator, Stream, limit, merge_all, stream, sync};
use onpar_test::{ByHand, Rt, Sim};
use proptest::prelude::*;

use crate::fed::{Fed, Feed, settle};

#[derive(Clone, Copy, Debug)]
enum Act {
    /// The outer stream gets a further inner one.
    Open,
    Give(usize),
    End(usize),
    Poll,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        2 => Just(Act::Open),
        4 => any::<usize>().prop_map(Act::Give),
        2 => any::<usize>().prop_map(Act::End),
        5 => Just(Act::Poll),
    ];
    proptest::collection::vec(act, 0..120)
}

proptest! {
    #![proptest_config(onpar_tests::cases(400))]

    /// All items of the streams that run are given, in the order of each; no more run than the limit, and no fewer while the
    /// outer stream has others.
    #[test]
    fn up_to_the_limit_run_and_lose_nothing(acts in acts(), limit in 1..5_usize) {
        let outer = Feed::<Fed<(usize, u32)>>::new();
        let mut flat = ByHand::new(outer.stream().flatten_concurrent(limit.try_into().expect("not zero")));
        let mut inner: Vec<Feed<(usize, u32)>> = Vec::new();
        let mut sent: Vec<u32> = Vec::new();
        let mut found: Vec<u32> = Vec::new();
        let mut waits = false;
        let (mut hints, mut given) = (Vec::new(), 0);
        let act = |act: Act, inner: &mut Vec<Feed<(usize, u32)>>, sent: &mut Vec<u32>| match act {
            Act::Open => {
                let feed = Feed::new();
                outer.give(feed.stream());
                inner.push(feed);
                sent.push(0);
            }
            Act::Give(number) if !inner.is_empty() => {
                let number = number % inner.len();
                if !inner[number].has_ended() {
                    inner[number].give((number, sent[number]));
                    sent[number] += 1;
                }
            }
            Act::End(number) if !inner.is_empty() => inner[number % inner.len()].end(),
            _ => {}
        };
        let length = acts.len();
        for (time, next) in acts.into_iter().chain(core::iter::repeat_n(Act::Poll, length * 3 + 3)).enumerate() {
            if time == length {
                outer.end();
                inner.iter().for_each(Feed::end);
            }
            act(next, &mut inner, &mut sent);
            found.resize(inner.len(), 0);
            let running = |inner: &[Feed<(usize, u32)>]| {
                inner.iter().filter(|feed| feed.polls() > 0 && !feed.is_gone()).count()
            };
            // Those that the outer stream has been asked for.
            let taken = inner.len() - outer.left();
            let has_news = inner[..taken].iter().any(|feed| !feed.is_gone() && (feed.left() > 0 || feed.has_ended()));
            prop_assert!(!waits || !has_news || flat.is_woken(), "a wake is lost");
            if let Act::Poll = next {
                hints.push((given, flat.as_mut().size_hint()));
                match flat.poll_with(Stream::poll_next) {
                    Poll::Ready(Some((number, item))) => {
                        prop_assert_eq!(item, found[number], "in the order of each");
                        found[number] += 1;
                        given += 1;
                        waits = false;
                    }
                    Poll::Ready(None) => {
                        prop_assert!(outer.has_ended() && outer.left() == 0);
                        prop_assert!(inner.iter().all(Feed::is_gone));
                        waits = false;
                    }
                    Poll::Pending => {
                        prop_assert!(!flat.is_woken());
                        waits = true;
                        let taken = inner.len() - outer.left();
                        prop_assert!(inner[..taken].iter().all(|feed| feed.left() == 0));
                        prop_assert_eq!(running(&inner), limit.min(running(&inner) + outer.left()), "kept full");
                    }
                }
                prop_assert!(running(&inner) <= limit);
                // What was taken was given.
                let left: usize = inner.iter().map(Feed::left).sum();
                prop_assert_eq!(sent.iter().sum::<u32>() as usize, left + given);
            }
        }
        prop_assert_eq!(flat.poll_with(Stream::poll_next), Poll::Ready(None));
        prop_assert_eq!(sent, found);
        for (before, (lower, upper)) in hints {
            prop_assert!(lower <= given - before && upper.is_none_or(|upper| given - before <= upper));
        }
    }
}

#[test]
fn one_wake_among_many_is_one_poll_of_an_inner_stream_and_none_of_the_outer_one() {
    let outer = Feed::new();
    let inner: Vec<Feed<usize>> = (0..1_000).map(|_| Feed::new()).collect();
    outer.give_all(inner.iter().map(Feed::stream));
    let mut flat = ByHand::new(outer.stream().flatten_concurrent(limit!(2_000)));
    settle(&mut flat);
    let (outer_polls, polls) = (outer.polls(), || inner.iter().map(Feed::polls).sum::<usize>());
    assert_eq!(polls(), 1_000);
    inner[321].give(7);
    assert!(flat.is_woken());
    assert_eq!(flat.poll_with(Stream::poll_next), Poll::Ready(Some(7)));
    assert!(flat.poll_with(Stream::poll_next).is_pending());
    assert_eq!((outer.polls(), polls()), (outer_polls, 1_002));
}

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A tick each so many milliseconds.
fn ticks(rt: &Rt, every: u64) -> impl Stream<Item = u64> + use<> {
    let rt = rt.clone();
    stream(async move |mut y| {
        for tick in 1.. {
            rt.sleep(millis(every)).await;
            y.emit(tick).await;
        }
    })
}

/// In futures 0.3.27 this gave one item and then hung: issue 2725 of futures-rs.
#[test]
fn a_flattened_stream_of_flattened_streams_goes_on() {
    Sim::new(1).run(async |rt| {
        let inner = ticks(&rt, 500).map(sync(|tick| [tick].into_async_iter())).flatten_concurrent(limit!(8));
        let outer = [inner].into_async_iter().flatten_concurrent(limit!(8));
        let start = rt.now();
        assert_eq!(outer.take(5).collect::<Vec<_>>().await, [1, 2, 3, 4, 5]);
        assert_eq!(rt.now() - start, millis(2_500));
    });
}

/// Three levels of it, and nothing is later than its own clock.
#[test]
fn nested_levels_give_each_item_at_its_time() {
    Sim::new(2).run(async |rt| {
        let start = rt.now();
        let leaves = |n: u64| merge_all([ticks(&rt, 10 * n).take(4).map(sync(move |tick| tick * 10 * n))]);
        let level = |n: u64| (n..n + 3).into_async_iter().map(sync(leaves)).flatten_concurrent(limit!(3));
        let all = [1, 4, 7].into_async_iter().map(sync(level)).flatten_concurrent(limit!(3));
        let count = Cell::new(0);
        all.for_each(async |due: u64| {
            assert_eq!(rt.now() - start, millis(due));
            count.set(count.get() + 1);
        })
        .await;
        assert_eq!(count.get(), 9 * 4);
    });
}

#[test]
fn closures_are_called_one_at_a_time_while_the_streams_they_gave_run() {
    Sim::new(3).run(async |rt| {
        let (calling, calls) = (Cell::new(false), Cell::new(0));
        let open = async |n: u64| {
            assert!(!calling.replace(true));
            calls.set(calls.get() + 1);
            rt.sleep(millis(5)).await;
            calling.set(false);
            ticks(&rt, 10).take(3).map(sync(move |tick| (n, tick)))
        };
        let start = rt.now();
        let all = (0..4).into_async_iter().flat_map_concurrent(limit!(2), open).collect::<Vec<_>>().await;
        // The first two are opened at 5 and 10, and run for 30 each; the next two when those have ended.
        assert_eq!(rt.now() - start, millis(10 + 30 + 5 + 30));
        assert_eq!((all.len(), calls.get()), (12, 4));
        let mut calls = 0;
        let counted = (0..3).into_async_iter().flat_map_concurrent_mut(limit!(2), async |n| {
            calls += 1;
            (0..n).into_async_iter()
        });
        assert_eq!((counted.count().await, calls), (3, 3));
        let stated = (0..3).into_async_iter().flat_map_concurrent_with(limit!(2), 10, async |state, n| {
            *state += 1;
            (0..*state - 10 + n).into_async_iter()
        });
        assert_eq!(stated.count().await, 1 + 3 + 5);
    });
}

/// Counts its polls.
struct Counted<'a, S>(S, &'a Cell<usize>);

impl<S: Stream + Unpin> Stream for Counted<'_, S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.1.set(self.1.get() + 1);
        Pin::new(&mut self.0).poll_next(cx)
    }
}

/// tokio lets a task do so much and no more before it yields: all of its futures then wake themselves and wait. To poll all
/// of them whenever one yields takes the square of their number (issue 2526 of futures-rs).
#[test]
fn a_hundred_and_sixty_thousand_members_take_no_more_polls_than_they_need() {
    const MEMBERS: usize = 160_000;
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let polls = Cell::new(0);
    let member = |_| {
        // A channel of tokio's, which plays by its rules.
        let (sender, receiver) = tokio::sync::mpsc::channel(1);
        sender.try_send(()).expect("room for one");
        Counted(
            Box::pin(stream(async move |mut y| {
                let mut receiver = receiver;
                while let Some(item) = receiver.recv().await {
                    y.emit(item).await;
                }
            })),
            &polls,
        )
    };
    let given = runtime.block_on(merge_all((0..MEMBERS).map(member)).count());
    assert_eq!(given, MEMBERS);
    // Two for the item and the end of each, three times that for when the task has to yield.
    assert!(polls.get() <= MEMBERS * 8, "{}", polls.get());
}

/// The message of `ui/flatten_concurrent_of_collections` says so.
#[test]
fn collections_become_streams_by_a_plain_function() {
    let rows = [vec![1, 2], vec![3]].into_async_iter();
    let flat = rows.flat_map_concurrent(limit!(2), sync(IntoAsyncIterator::into_async_iter));
    let mut items = ByHand::new(flat.collect::<Vec<_>>()).finish();
    items.sort_unstable();
    assert_eq!(items, [1, 2, 3]);
}
