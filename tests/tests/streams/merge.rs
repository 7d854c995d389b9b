//! `merge`: who is next, who is polled, and what is left.

use core::cell::RefCell;
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::panic::catch_unwind;

use onpar_iter::{AsyncIterator as _, AsyncStreamExt as _, IntoAsyncIterator as _, Stream, merge, merge_all};
use onpar_test::{ByHand, Sim};
use proptest::prelude::*;

use crate::fed::{Fed, Feed, fed, settle};

/// What happens to a merge.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// This member gets so many items.
    Give(usize, u8),
    End(usize),
    /// This member is woken for nothing.
    Wake(usize),
    Poll,
}

pub(crate) fn acts(members: usize) -> impl Strategy<Value = Vec<Act>> {
    let member = move || 0..members;
    let act = prop_oneof![
        4 => (member(), 1..4_u8).prop_map(|(member, items)| Act::Give(member, items)),
        1 => member().prop_map(Act::End),
        1 => member().prop_map(Act::Wake),
        6 => Just(Act::Poll),
    ];
    proptest::collection::vec(act, 0..60)
}

/// Does to a merge what is said, and compares what it gives with a model: the first that has an item, from the one after the
/// last giver on. Then all members end, and what is left has to come.
fn check(acts: &[Act], members: usize, merged: impl FnOnce(Vec<Fed<usize>>) -> Pin<Box<dyn Stream<Item = usize>>>) {
    let (feeds, streams) = fed(members);
    let mut merged = ByHand::new(merged(streams));
    let mut model = Model { next: 0, numbers: vec![Vec::new(); members], waits: false, given: 0 };
    let mut hints = Vec::new();
    let all_end = (0..members).map(Act::End);
    let rest = core::iter::repeat_n(Act::Poll, acts.len() * 3 + members + 3);
    for act in acts.iter().copied().chain(all_end).chain(rest) {
        model.act(act, &feeds, &mut merged);
        hints.push((model.given, merged.as_mut().size_hint()));
    }
    assert_eq!(merged.poll_with(Stream::poll_next), Poll::Ready(None));
    assert_eq!(merged.as_mut().size_hint(), (0, Some(0)));
    for (given, (lower, upper)) in hints {
        let left = model.given - given;
        assert!(lower <= left && upper.is_none_or(|upper| left <= upper), "{lower} to {upper:?}, but it was {left}");
    }
}

struct Model {
    next: usize,
    /// What each member has and has not given.
    numbers: Vec<Vec<usize>>,
    /// The merge waits to be woken.
    waits: bool,
    given: usize,
}

impl Model {
    fn act(&mut self, act: Act, feeds: &[Feed<usize>], merged: &mut ByHand<Pin<Box<dyn Stream<Item = usize>>>>) {
        match act {
            Act::Give(member, count) if !feeds[member].has_ended() => {
                for _ in 0..count {
                    let number = self.given + self.numbers.iter().map(Vec::len).sum::<usize>();
                    self.numbers[member].push(number);
                    feeds[member].give(number);
                }
                assert!(!self.waits || merged.is_woken(), "a wake is lost");
            }
            Act::End(member) => {
                feeds[member].end();
                assert!(!self.waits || feeds[member].is_gone() || merged.is_woken(), "a wake is lost");
            }
            Act::Wake(member) => feeds[member].wake(),
            Act::Poll => self.poll(feeds, merged),
            Act::Give(..) => {}
        }
    }

    fn poll(&mut self, feeds: &[Feed<usize>], merged: &mut ByHand<Pin<Box<dyn Stream<Item = usize>>>>) {
        let members = feeds.len();
        let found = merged.poll_with(Stream::poll_next);
        let mut order = (self.next..members).chain(0..self.next);
        let giver = order.find(|member| !self.numbers[*member].is_empty());
        let expected = match giver {
            Some(giver) => {
                self.next = (giver + 1) % members;
                self.given += 1;
                Poll::Ready(Some(self.numbers[giver].remove(0)))
            }
            None if feeds.iter().all(Feed::has_ended) => Poll::Ready(None),
            None => Poll::Pending,
        };
        assert_eq!(found, expected);
        self.waits = found.is_pending();
        assert!(!self.waits || !merged.is_woken(), "it is awake for nothing");
        if self.waits {
            // Whoever has ended is not kept until the merge ends.
            assert!(feeds.iter().all(|feed| !feed.has_ended() || feed.is_gone()));
        }
        // What was taken was given: nothing is kept inside.
        assert_eq!(feeds.iter().map(Feed::left).sum::<usize>(), self.numbers.iter().map(Vec::len).sum::<usize>());
    }
}

fn three(streams: Vec<Fed<usize>>) -> [Fed<usize>; 3] {
    streams.try_into().expect("three")
}

proptest! {
    #![proptest_config(onpar_tests::cases(300))]

    #[test]
    fn members_of_a_tuple_give_in_rotation(acts in acts(3)) {
        check(&acts, 3, |streams| Box::pin(merge(<(_, _, _)>::from(three(streams)))));
    }

    #[test]
    fn members_of_an_array_give_in_rotation(acts in acts(3)) {
        check(&acts, 3, |streams| Box::pin(merge(three(streams))));
    }

    #[test]
    fn members_of_a_long_tuple_give_in_rotation(acts in acts(12)) {
        check(&acts, 12, |streams| {
            let all: [Fed<usize>; 12] = streams.try_into().expect("twelve");
            Box::pin(merge(<(_, _, _, _, _, _, _, _, _, _, _, _)>::from(all)))
        });
    }

    #[test]
    fn members_of_a_vec_give_in_rotation(acts in acts(5)) {
        check(&acts, 5, |streams| Box::pin(merge(streams)));
    }

    #[test]
    fn so_do_those_of_many_of_whom_only_the_woken_are_polled(acts in acts(130)) {
        check(&acts, 130, |streams| Box::pin(merge(streams)));
    }

    #[test]
    fn a_long_array_is_like_a_long_vec(acts in acts(20)) {
        check(&acts, 20, |streams| {
            let streams: [Fed<usize>; 20] = streams.try_into().expect("twenty");
            Box::pin(merge(streams))
        });
    }
}

#[test]
fn one_wake_among_many_is_one_poll_of_a_member() {
    for members in [7, 64, 65, 1_000, 5_000] {
        let (feeds, streams) = fed(members);
        let mut merged = ByHand::new(merge(streams));
        settle(&mut merged);
        for (round, member) in [0, members / 2, members - 1].into_iter().enumerate() {
            feeds[member].give(round);
            assert!(merged.is_woken());
            assert_eq!(merged.poll_with(Stream::poll_next), Poll::Ready(Some(round)));
            assert!(merged.poll_with(Stream::poll_next).is_pending() && !merged.is_woken());
        }
        let polls: usize = feeds.iter().map(Feed::polls).sum();
        // Each once at first; then for each item once, and once to hear that there is no other.
        assert_eq!(polls, members + 2 * 3);
    }
}

#[test]
fn it_gives_all_that_there_is_to_whoever_polls_it_late_or_in_vain() {
    let (feeds, streams) = fed(40);
    let mut merged = ByHand::new(merge(streams));
    for feed in &feeds {
        feed.give('a');
    }
    // Not polled yet, and fed twice.
    feeds[7].give('b');
    let mut given = 0;
    while merged.poll_with(Stream::poll_next).is_ready() {
        given += 1;
    }
    assert_eq!(given, 41);
    for _ in 0..3 {
        assert!(merged.poll_with(Stream::poll_next).is_pending() && !merged.is_woken());
    }
    feeds[7].give('c');
    assert!(merged.is_woken());
}

#[test]
fn a_member_that_always_has_an_item_starves_nobody() {
    for others in [1, 30] {
        let always = (0..).into_async_iter().map(async |_| 'a');
        let (feeds, streams) = fed(others);
        for feed in &feeds {
            feed.give('b');
        }
        let mut members: Vec<Pin<Box<dyn Stream<Item = char>>>> = vec![Box::pin(always)];
        members.extend(streams.into_iter().map(|stream| Box::pin(stream) as Pin<Box<dyn Stream<Item = char>>>));
        let mut merged = ByHand::new(merge(members));
        let mut take = || match merged.poll_with(Stream::poll_next) {
            Poll::Ready(Some(item)) => item,
            other => panic!("{other:?}"),
        };
        let first: String = (0..=others).map(|_| take()).collect();
        assert_eq!(first, format!("a{}", "b".repeat(others)));
        // One that gets an item later waits for one round.
        assert_eq!(take(), 'a');
        feeds[others - 1].give('c');
        assert_eq!((take(), take()), ('c', 'a'));
    }
}

/// Gives as many items as it has been pending before: a stream that wakes itself.
struct WakesItself {
    times: usize,
}

impl Stream for WakesItself {
    type Item = ();

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<()>> {
        if self.times == 0 {
            return Poll::Ready(None);
        }
        self.times -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

#[test]
fn a_member_that_wakes_itself_has_one_turn_in_a_poll() {
    for members in [1, 5, 20] {
        let streams: Vec<_> = (0..members).map(|_| WakesItself { times: 4 }).collect();
        let mut merged = ByHand::new(merge(streams));
        let mut polls = 0;
        while merged.poll_with(Stream::poll_next).is_pending() {
            assert!(merged.is_woken());
            polls += 1;
        }
        assert!(polls >= 4);
    }
}

#[test]
fn whoever_panics_is_polled_again_in_its_turn_and_nobody_else_is_lost() {
    for members in [3, 30] {
        let (feeds, streams) = fed(members);
        let mut merged = ByHand::new(merge(streams));
        assert!(merged.poll_with(Stream::poll_next).is_pending());
        feeds[0].panic();
        feeds[0].give(0);
        feeds[1].give(1);
        feeds[2].give(2);
        let mut poll = || catch_unwind(AssertUnwindSafe(|| merged.poll_with(Stream::poll_next)));
        assert!(poll().is_err());
        for item in [1, 2, 0] {
            assert_eq!(poll().ok(), Some(Poll::Ready(Some(item))));
        }
        assert_eq!(poll().ok(), Some(Poll::Pending));
    }
}

#[test]
fn a_merge_that_is_dropped_at_any_poll_leaves_what_it_has_not_given_in_the_members() {
    for members in [2, 20] {
        for polls in 0..12 {
            let (feeds, mut streams) = fed(members);
            feeds[0].give_all(0..5);
            feeds[1].give_all(0..3);
            let lent: Vec<_> = streams.iter_mut().map(Pin::new).collect();
            let mut merged = ByHand::new(merge(lent));
            let given = (0..polls).filter(|_| merged.poll_with(Stream::poll_next).is_ready()).count();
            drop(merged);
            assert_eq!(feeds[0].left() + feeds[1].left() + given, 8);
            assert!(feeds.iter().all(|feed| !feed.is_gone()));
        }
    }
}

/// Is pending for ever, and gives its waker away.
struct KeepsWaker<'a>(&'a RefCell<Vec<Waker>>);

impl Stream for KeepsWaker<'_> {
    type Item = ();

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<()>> {
        self.0.borrow_mut().push(cx.waker().clone());
        Poll::Pending
    }
}

#[test]
fn a_member_that_is_woken_after_its_end_ends_nobody_else() {
    const MEMBERS: usize = 8;
    let kept = RefCell::new(None::<Waker>);
    let mut merged = ByHand::new(merge_all((0..MEMBERS).map(|member| {
        let kept = &kept;
        futures::stream::poll_fn(move |cx| {
            if member == 0 {
                *kept.borrow_mut() = Some(cx.waker().clone());
                return Poll::Ready(None::<u32>);
            }
            Poll::Pending
        })
    })));
    for _ in 0..2 * MEMBERS {
        assert!(merged.poll_with(Stream::poll_next).is_pending());
        kept.borrow().as_ref().expect("it has been polled").wake_by_ref();
    }
}

#[test]
fn wakers_that_outlive_the_merge_wake_nobody() {
    for members in [2, 20, 1_000] {
        let wakers = RefCell::new(Vec::new());
        let streams: Vec<_> = (0..members).map(|_| KeepsWaker(&wakers)).collect();
        let mut merged = ByHand::new(Some(merge(streams)));
        while merged.polls() == 0 || merged.is_woken() {
            let _ = merged.poll_with(|merged, cx| merged.as_pin_mut().map(|merged| merged.poll_next(cx)));
        }
        merged.as_mut().set(None);
        if members > 6 {
            for waker in wakers.take() {
                waker.wake_by_ref();
                waker.wake();
            }
            assert!(!merged.is_woken());
        }
    }
}

#[test]
fn two_streams_by_name_and_those_of_an_iterator() {
    Sim::new(1).run(async |_| {
        let letters = "abc".chars().into_async_iter().merge("xy".chars().into_async_iter());
        assert_eq!(letters.collect::<String>().await, "axbyc");
        let many = merge_all((0..100).map(|n| (n..n + 2).into_async_iter()));
        assert_eq!(many.size_hint(), (200, Some(200)));
        assert_eq!(many.count().await, 200);
        let none: Vec<Fed<u8>> = Vec::new();
        assert_eq!(merge(none).next().await, None);
    });
}
