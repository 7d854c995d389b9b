//! What holds of each of these streams, as a table: one row for each, and one list of what happens to its sources.
//!
//! * Who waits, and has not been woken, would get nothing if it asked: no wake is lost.
//! * A size hint is true. After the end there is nothing, for ever, and every source is dropped, which was never asked after
//!   its own end.
//! * A panic of a source passes on, and the stream goes on.
//! * It may be polled by another thread each time, and be dropped at any time.

use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::Poll;
use std::panic::catch_unwind;
use std::thread;

use onpar_iter::share::{DropOldest, Wait};
use onpar_iter::{
    AsyncIterator as _, AsyncItertools as _, AsyncStreamExt as _, Group, IntoAsyncIterator as _, Stream,
    combine_latest, limit, merge, merge_all, race_streams, sync,
};
use onpar_test::ByHand;
use proptest::prelude::*;

use crate::fed::{Fed, Feed, fed};

type Made = Pin<Box<dyn Stream<Item = u64> + Send>>;

struct Row {
    name: &'static str,
    make: fn([Fed<u64>; 3]) -> Made,
    /// A panic of a source takes items along, as the docs say.
    loses: bool,
}

/// Sources that have ended, so many that those which were woken are polled and nobody else.
fn with_many_more(streams: [Fed<u64>; 3]) -> impl Iterator<Item = Fed<u64>> {
    let ended = |_| {
        let feed = Feed::new();
        feed.end();
        feed.stream()
    };
    streams.into_iter().chain((0..70).map(ended))
}

macro_rules! table {
    ($($name:literal $($loses:ident)?: |$streams:ident| $made:expr;)+) => {
        const ROWS: &[Row] = &[$(Row {
            name: $name,
            make: |$streams| Box::pin($made),
            loses: table!(@ $($loses)?),
        }),+];
    };
    (@ loses) => { true };
    (@) => { false };
}

table! {
    "merge of a tuple": |streams| merge(<(_, _, _)>::from(streams));
    "merge of an array": |streams| merge(streams);
    "merge of many": |streams| merge_all(with_many_more(streams));
    "merge of two": |streams| { let [a, b, c] = streams; a.merge(b).merge(c) };
    "race of a tuple" loses: |streams| race_streams(<(_, _, _)>::from(streams));
    "race of many" loses: |streams| race_streams(with_many_more(streams).collect::<Vec<_>>());
    "group": |streams| streams.into_iter().collect::<Group<_>>();
    "keyed group": |streams| with_many_more(streams).collect::<Group<_>>().keyed().map(sync(|(_, item)| item));
    "flatten_concurrent": |streams| streams.into_async_iter().flatten_concurrent(limit!(2));
    "flat_map_concurrent": |streams| streams.into_async_iter().flat_map_concurrent(limit!(3), async |stream| stream);
    "switch_map" loses: |streams| { let [a, ..] = streams; a.switch_map(async |n| [n, n].into_async_iter()) };
    "switch_map to the last" loses: |streams| streams.into_async_iter().switch_map(async |stream| stream);
    "combine_latest": |streams| combine_latest(<(_, _, _)>::from(streams)).map(sync(|(a, b, c)| a + b + c));
    "with_latest_from": |streams| { let [a, b, _] = streams; a.with_latest_from(b).map(sync(|(a, b)| a + b)) };
    "take_until": |streams| { let [a, b, _] = streams; a.take_until(b.count()) };
    "ready_chunks" loses: |streams| {
        let [a, ..] = streams;
        a.ready_chunks(limit!(2)).map(sync(|chunk: Vec<u64>| chunk.len() as u64))
    };
    "share": |streams| { let [a, ..] = streams; a.share(limit!(1), Wait).subscribe() };
    "two readers that wait": |streams| {
        let [a, ..] = streams;
        let shared = a.share(limit!(1), Wait);
        shared.subscribe().merge(shared.subscribe())
    };
    "two readers that miss": |streams| {
        let [a, ..] = streams;
        let shared = a.share(limit!(1), DropOldest);
        let count = sync(|item: Result<u64, onpar_iter::share::Missed>| item.unwrap_or(1));
        shared.subscribe().merge(shared.subscribe()).map(count)
    };
    "fuse": |streams| { let [a, ..] = streams; a.fuse() };
    "peekable": |streams| { let [a, ..] = streams; a.fuse().peekable() };
    "kmerge": |streams| streams.into_async_iter().kmerge();
    "kmerge of many": |streams| with_many_more(streams).into_async_iter().kmerge();
}

/// What happens to the sources, and to the stream.
#[derive(Clone, Copy, Debug)]
enum Act {
    Give(usize, u8),
    End(usize),
    Wake(usize),
    Panic(usize),
    Poll,
    PollElsewhere,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        6 => (0..3_usize, 1..4_u8).prop_map(|(source, items)| Act::Give(source, items)),
        1 => (0..3_usize).prop_map(Act::End),
        1 => (0..3_usize).prop_map(Act::Wake),
        1 => (0..3_usize).prop_map(Act::Panic),
        8 => Just(Act::Poll),
        1 => Just(Act::PollElsewhere),
    ];
    proptest::collection::vec(act, 0..50)
}

struct Run {
    stream: ByHand<Made>,
    /// At which poll which items were to come.
    hints: Vec<(usize, (usize, Option<usize>))>,
    given: usize,
    waits: bool,
    panics: usize,
    name: &'static str,
}

impl Run {
    fn poll(&mut self, elsewhere: bool) -> Poll<Option<u64>> {
        loop {
            self.hints.push((self.given, self.stream.as_mut().size_hint()));
            let stream = &mut self.stream;
            let polled = if elsewhere {
                thread::scope(|scope| scope.spawn(|| stream.poll_with(Stream::poll_next)).join())
            } else {
                catch_unwind(AssertUnwindSafe(|| stream.poll_with(Stream::poll_next)))
            };
            let Ok(polled) = polled else {
                self.panics += 1;
                assert!(self.panics < 99, "{}: it panics for ever", self.name);
                continue;
            };
            self.given += usize::from(matches!(polled, Poll::Ready(Some(_))));
            self.waits = polled.is_pending();
            return polled;
        }
    }

    /// Whoever waits and is not woken gets nothing.
    fn check_wakes(&mut self, name: &str) {
        if self.waits && !self.stream.is_woken() {
            let polls = self.stream.polls();
            assert!(self.poll(false).is_pending(), "{name}: a wake is lost before poll {polls}");
        }
    }
}

fn check(row: &Row, acts: &[Act]) {
    let name = row.name;
    let (feeds, streams) = fed(3);
    let streams = streams.try_into().expect("three");
    let stream = ByHand::new((row.make)(streams));
    let mut run = Run { stream, hints: Vec::new(), given: 0, waits: false, panics: 0, name };
    for (number, act) in acts.iter().enumerate() {
        match *act {
            Act::Give(source, _) | Act::Panic(source) if feeds[source].has_ended() => {}
            Act::Give(source, items) => feeds[source].give_all((0..u64::from(items)).map(|item| item + number as u64)),
            Act::Panic(source) => feeds[source].panic(),
            Act::End(source) => feeds[source].end(),
            Act::Wake(source) => feeds[source].wake(),
            Act::Poll => drop(run.poll(false)),
            Act::PollElsewhere => drop(run.poll(true)),
        }
        run.check_wakes(name);
    }
    feeds.iter().for_each(Feed::end);
    let most = acts.len() * 8 + 300;
    let polled = (0..most).map(|_| run.poll(false)).find(|polled| matches!(polled, Poll::Ready(None)));
    assert!(polled.is_some(), "{name}: does not end");
    for _ in 0..3 {
        assert!(matches!(run.poll(false), Poll::Ready(None)), "{name}: goes on after its end");
    }
    assert_eq!(run.stream.as_mut().size_hint(), (0, Some(0)), "{name}: after its end");
    assert!(feeds.iter().all(Feed::is_gone), "{name}: a source is kept");
    if run.panics > 0 && row.loses {
        return;
    }
    for (before, (lower, upper)) in run.hints {
        let left = run.given - before;
        assert!(lower <= left && upper.is_none_or(|upper| left <= upper), "{name}: {left} and {lower}, {upper:?}");
    }
}

proptest! {
    #![proptest_config(onpar_tests::cases(100))]

    #[test]
    fn no_wake_is_lost_no_hint_lies_and_the_end_is_the_end(acts in acts()) {
        for row in ROWS {
            check(row, &acts);
        }
    }
}

#[test]
fn dropped_at_any_poll_each_drops_its_sources() {
    for row in ROWS {
        for polls in 0..16 {
            let (feeds, streams) = fed(3);
            let mut stream = ByHand::new((row.make)(streams.try_into().expect("three")));
            for poll in 0..polls {
                feeds[poll % 3].give(poll as u64);
                let _ = stream.poll_with(Stream::poll_next);
            }
            drop(stream);
            assert!(feeds.iter().all(Feed::is_gone), "{} after {polls} polls", row.name);
        }
    }
}
