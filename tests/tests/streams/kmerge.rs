//! `kmerge`: the heads of all streams are asked for together.

use core::task::Poll;
use core::time::Duration;

use onpar_core::Clock as _;
use onpar_iter::{AsyncIterator as _, AsyncItertools as _, IntoAsyncIterator as _, Stream, stream};
use onpar_test::probe::Gap;
use onpar_test::{ByHand, ProbeLog, Rt, Sim};

use crate::fed::{Feed, fed};

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Three numbers, each after so many milliseconds.
fn ticks(rt: &Rt, log: &ProbeLog, every: u64) -> impl Stream<Item = u64> + use<> {
    let (rt, log) = (rt.clone(), log.clone());
    stream(async move |mut y| {
        for tick in 1..=3 {
            log.probe(rt.sleep(millis(every))).await;
            y.emit(tick * every).await;
        }
    })
}

#[test]
fn the_slowest_says_when_the_first_item_comes_and_nobody_is_snoozed() {
    for streams in [5, 40] {
        Sim::new(1).run(async |rt| {
            let log = ProbeLog::with_clock(rt.clone());
            let start = rt.now();
            let less = async |a: &u64, b: &u64| {
                log.probe(rt.sleep(millis(1))).await;
                a < b
            };
            // The streams come one after another, and those that have come are asked by then.
            let all = (1..=streams).into_async_iter().map(async |every| {
                log.probe(rt.sleep(millis(1))).await;
                ticks(&rt, &log, every * 10)
            });
            let merged = log.owner(async {
                let mut merged = core::pin::pin!(all.kmerge_by(less));
                let first = merged.as_mut().next().await;
                // The last one comes at `streams`, and takes its time; of the others, no call takes more than some steps.
                let gathered = millis(streams + streams * 10);
                assert!(rt.now() - start >= gathered && rt.now() - start < gathered + millis(streams * 8));
                (first, merged.collect::<Vec<_>>().await)
            });
            let (first, rest) = merged.await;
            let mut expected: Vec<u64> = (1..=streams).flat_map(|every| [1, 2, 3].map(|n| n * every * 10)).collect();
            expected.sort_unstable();
            assert_eq!((first, &rest[..]), (Some(expected[0]), &expected[1..]));
            assert_eq!(log.longest(), Gap::default());
        });
    }
}

#[test]
fn of_many_that_are_asked_those_that_were_woken_are_polled() {
    const STREAMS: usize = 1_000;
    let (feeds, streams) = fed(STREAMS);
    let outer = Feed::new();
    let mut merged = ByHand::new(outer.stream().kmerge_by(async |a: &usize, b: &usize| a < b));
    let (some, others) = feeds.split_at(STREAMS / 2);
    let mut streams = streams.into_iter();
    outer.give_all(streams.by_ref().take(some.len()));
    while merged.polls() == 0 || merged.is_woken() {
        assert!(merged.poll_with(Stream::poll_next).is_pending());
    }
    // Each as one of those that are few, and then as one of many.
    assert_eq!(some.iter().map(Feed::polls).sum::<usize>(), some.len() * 2);
    for (number, feed) in some.iter().enumerate().rev() {
        feed.give(number);
        assert!(merged.is_woken());
        assert!(merged.poll_with(Stream::poll_next).is_pending() && !merged.is_woken());
    }
    outer.give_all(streams);
    outer.end();
    for (number, feed) in others.iter().enumerate() {
        feed.give(number);
        feed.end();
    }
    let mut items = Vec::new();
    loop {
        match merged.poll_with(Stream::poll_next) {
            Poll::Ready(Some(item)) => items.push(item),
            Poll::Pending if merged.is_woken() => {}
            Poll::Pending => break,
            Poll::Ready(None) => panic!("half of the streams have not ended"),
        }
    }
    // The smallest is given, and then its stream is asked, alone: it is one that has not ended.
    assert_eq!(items, [0]);
    assert_eq!(some.iter().map(Feed::polls).sum::<usize>(), some.len() * 3 + 1);
    assert_eq!(others.iter().map(Feed::polls).sum::<usize>(), others.len());
    some.iter().for_each(Feed::end);
    items.extend(ByHand::new(core::pin::pin!(merged_rest(&mut merged)).collect::<Vec<_>>()).finish());
    let mut expected: Vec<usize> = (0..some.len()).flat_map(|number| [number, number]).collect();
    expected.sort_unstable();
    assert_eq!(items, expected);
}

/// What is left, of a stream that is polled by hand.
fn merged_rest<S: Stream>(merged: &mut ByHand<S>) -> impl Stream<Item = S::Item> {
    onpar_iter::poll_fn(|_| merged.poll_with(Stream::poll_next))
}

#[test]
fn dropped_at_any_poll_it_drops_the_streams_where_they_stand() {
    for members in [3, 20] {
        for polls in 0..members * 4 {
            let (feeds, streams) = fed::<usize>(members);
            let mut merged = ByHand::new(streams.into_async_iter().kmerge());
            let mut given = 0;
            for poll in 0..polls {
                let feed = &feeds[poll % members];
                feed.give(poll);
                given += usize::from(merged.poll_with(Stream::poll_next).is_ready());
                let (lower, _) = merged.as_mut().size_hint();
                assert_eq!(lower + given, poll + 1);
            }
            drop(merged);
            assert!(feeds.iter().all(Feed::is_gone));
        }
    }
}
