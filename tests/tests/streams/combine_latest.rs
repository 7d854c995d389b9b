//! `combine_latest` and `with_latest_from`: which items make a combination.

use core::cell::Cell;
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use std::panic::catch_unwind;

use onpar_iter::{AsyncIterator as _, AsyncStreamExt as _, IntoAsyncIterator as _, Stream, combine_latest};
use onpar_test::ByHand;
use proptest::prelude::*;

use crate::fed::{Fed, Feed, fed};
use crate::merge::{Act, acts};

/// What a model knows: who is next, what each has and has not given, and what each gave last.
struct Model {
    next: usize,
    waiting: Vec<Vec<u32>>,
    latest: Vec<Option<u32>>,
    over: bool,
}

impl Model {
    fn poll(&mut self, ended: &[bool]) -> Poll<Option<Vec<u32>>> {
        let members = ended.len();
        loop {
            let silent = |member: usize| ended[member] && self.waiting[member].is_empty();
            let never = |member: usize| silent(member) && self.latest[member].is_none();
            if self.over || (0..members).any(never) || (0..members).all(silent) {
                self.over = true;
                return Poll::Ready(None);
            }
            let mut order = (self.next..members).chain(0..self.next);
            let Some(giver) = order.find(|member| !self.waiting[*member].is_empty()) else { return Poll::Pending };
            self.next = (giver + 1) % members;
            self.latest[giver] = Some(self.waiting[giver].remove(0));
            if let Some(all) = self.latest.iter().copied().collect::<Option<Vec<_>>>() {
                return Poll::Ready(Some(all));
            }
        }
    }
}

/// Does to the streams what is said, and compares what comes with the model. Then all end.
fn check<S: Stream<Item = Vec<u32>>>(acts: &[Act], members: usize, combine: impl FnOnce(Vec<Fed<u32>>) -> S) {
    let (feeds, streams) = fed(members);
    let mut combined = ByHand::new(combine(streams));
    let (waiting, latest) = (vec![Vec::new(); members], vec![None; members]);
    let mut model = Model { next: 0, waiting, latest, over: false };
    let (mut number, mut waits, mut given) = (0, false, 0);
    let mut hints = Vec::new();
    let end = (0..members).map(Act::End).chain(core::iter::repeat_n(Act::Poll, acts.len() * 3 + 3));
    for act in acts.iter().copied().chain(end) {
        match act {
            Act::Give(member, count) if !feeds[member].has_ended() => {
                for _ in 0..count {
                    number += 1;
                    feeds[member].give(number);
                    model.waiting[member].push(number);
                }
                assert!(!waits || combined.is_woken(), "a wake is lost");
            }
            Act::Give(..) => {}
            Act::End(member) => {
                feeds[member].end();
                assert!(!waits || feeds[member].is_gone() || combined.is_woken(), "a wake is lost");
            }
            Act::Wake(member) => feeds[member].wake(),
            Act::Poll => {
                hints.push((given, combined.as_mut().size_hint()));
                let ended: Vec<bool> = feeds.iter().map(Feed::has_ended).collect();
                let expected = model.poll(&ended);
                let found = combined.poll_with(Stream::poll_next);
                assert_eq!(found, expected);
                waits = found.is_pending();
                given += usize::from(matches!(found, Poll::Ready(Some(_))));
                if model.over {
                    assert!(feeds.iter().all(Feed::is_gone));
                } else {
                    // What was taken was given, or is the latest.
                    let left = |member: usize| (feeds[member].left(), model.waiting[member].len());
                    assert!((0..members).map(left).all(|(left, expected)| left == expected));
                }
            }
        }
    }
    assert_eq!(combined.as_mut().size_hint(), (0, Some(0)));
    for (before, (lower, upper)) in hints {
        let left = given - before;
        assert!(lower <= left && upper.is_none_or(|upper| left <= upper), "{lower} to {upper:?}, but it was {left}");
    }
}

proptest! {
    #![proptest_config(onpar_tests::cases(300))]

    #[test]
    fn two_streams_give_a_combination_for_each_item(acts in acts(2)) {
        check(&acts, 2, |streams| {
            let [a, b]: [Fed<u32>; 2] = streams.try_into().expect("two");
            a.combine_latest(b).map(async |(a, b)| vec![a, b])
        });
    }

    #[test]
    fn so_do_five(acts in acts(5)) {
        check(&acts, 5, |streams| {
            let streams: [Fed<u32>; 5] = streams.try_into().expect("five");
            combine_latest(<(_, _, _, _, _)>::from(streams)).map(async |(a, b, c, d, e)| vec![a, b, c, d, e])
        });
    }

    /// Every item with the latest of the other stream that there is at the poll; none before there is one.
    #[test]
    fn with_latest_from_gives_each_item_once(acts in acts(2)) {
        let (feeds, streams) = fed::<u32>(2);
        let [stream, other]: [Fed<u32>; 2] = streams.try_into().expect("two");
        let mut both = ByHand::new(stream.with_latest_from(other));
        let (mut number, mut waits, mut latest, mut over) = (0, false, None, false);
        let mut waiting = [Vec::new(), Vec::new()];
        let (mut hints, mut given) = (Vec::new(), 0);
        let end = (0..2).map(Act::End).chain(core::iter::repeat_n(Act::Poll, acts.len() * 3 + 3));
        for act in acts.iter().copied().chain(end) {
            match act {
                Act::Give(member, count) if !feeds[member].has_ended() => {
                    for _ in 0..count {
                        number += 1;
                        feeds[member].give(number);
                        waiting[member].push(number);
                    }
                    prop_assert!(!waits || both.is_woken(), "a wake is lost");
                }
                Act::Give(..) => {}
                Act::End(member) => feeds[member].end(),
                Act::Wake(member) => feeds[member].wake(),
                Act::Poll => {
                    hints.push((given, both.as_mut().size_hint()));
                    let newest = waiting[1].pop();
                    waiting[1].clear();
                    latest = newest.or(latest);
                    let expected = if over || (latest.is_none() && feeds[1].has_ended()) {
                        Poll::Ready(None)
                    } else if let Some(latest) = latest && !waiting[0].is_empty() {
                        Poll::Ready(Some((waiting[0].remove(0), latest)))
                    } else {
                        waiting[0].clear();
                        if feeds[0].has_ended() { Poll::Ready(None) } else { Poll::Pending }
                    };
                    over |= expected == Poll::Ready(None);
                    prop_assert_eq!(both.poll_with(Stream::poll_next), expected);
                    waits = expected.is_pending();
                    given += usize::from(!waits && !over);
                    prop_assert!(!over || feeds.iter().all(Feed::is_gone));
                }
            }
        }
        prop_assert_eq!(both.as_mut().size_hint(), (0, Some(0)));
        for (before, (lower, upper)) in hints {
            prop_assert!(lower <= given - before && upper.is_none_or(|upper| given - before <= upper));
        }
    }
}

/// Polls until it waits, or gives something. It must not take for ever.
fn poll_on<S: Stream>(stream: &mut ByHand<S>) -> Poll<Option<S::Item>> {
    for _ in 0..100 {
        let polled = stream.poll_with(Stream::poll_next);
        if polled.is_ready() || !stream.is_woken() {
            return polled;
        }
    }
    Poll::Pending
}

#[test]
fn a_stream_that_always_has_an_item_does_not_keep_the_task() {
    let endless = || (0..).into_async_iter();
    // Nothing can be combined yet, and each poll ends.
    let feed = Feed::<u8>::new();
    let mut combined = ByHand::new(endless().combine_latest(feed.stream()));
    assert!(combined.poll_with(Stream::poll_next).is_pending() && combined.is_woken());
    feed.give(7);
    assert!(matches!(combined.poll_with(Stream::poll_next), Poll::Ready(Some((_, 7)))));
    // The other stream has items without end, and this one is given nevertheless.
    let feed = Feed::<u8>::new();
    let mut both = ByHand::new(feed.stream().with_latest_from(endless()));
    assert!(both.poll_with(Stream::poll_next).is_pending() && both.is_woken());
    feed.give(7);
    assert!(matches!(poll_on(&mut both), Poll::Ready(Some((7, _)))));
    // There is nothing to give them beside yet.
    let feed = Feed::<u8>::new();
    let mut both = ByHand::new(endless().with_latest_from(feed.stream()));
    assert!(both.poll_with(Stream::poll_next).is_pending() && both.is_woken());
    feed.give(7);
    assert!(matches!(poll_on(&mut both), Poll::Ready(Some((_, 7)))));
}

/// Panics once when it is cloned.
struct Grumpy<'a>(&'a Cell<bool>);

impl Clone for Grumpy<'_> {
    fn clone(&self) -> Self {
        assert!(!self.0.replace(false), "told to");
        Self(self.0)
    }
}

#[test]
fn an_item_that_panics_as_it_is_cloned_is_still_the_latest() {
    let panics = Cell::new(true);
    let (a, b) = (Feed::new(), Feed::new());
    a.give(Grumpy(&panics));
    b.give(1);
    let mut combined = ByHand::new(a.stream().combine_latest(b.stream()));
    assert!(catch_unwind(AssertUnwindSafe(|| combined.poll_with(Stream::poll_next).is_pending())).is_err());
    b.give(2);
    assert!(matches!(combined.poll_with(Stream::poll_next), Poll::Ready(Some((_, 2)))));
    a.panic();
    assert!(catch_unwind(AssertUnwindSafe(|| combined.poll_with(Stream::poll_next).is_pending())).is_err());
    b.give(3);
    assert!(matches!(combined.poll_with(Stream::poll_next), Poll::Ready(Some((_, 3)))));
}
