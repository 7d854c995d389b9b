//! `race_streams`: who wins, and what becomes of the others.

use core::pin::Pin;
use core::task::Poll;

use onpar_iter::{AsyncIterator as _, AsyncStreamExt as _, IntoAsyncIterator as _, Stream, race_streams};
use onpar_test::ByHand;
use proptest::prelude::*;

use crate::fed::{Fed, Feed, fed, settle};
use crate::merge::{Act, acts};

type Race = Pin<Box<dyn Stream<Item = usize>>>;

/// Items are the numbers of the members that give them. The winner is the first member that has one when the race is polled;
/// the others are gone then.
fn check(acts: &[Act], members: usize, race: impl FnOnce(Vec<Fed<usize>>) -> Race) {
    let (feeds, streams) = fed(members);
    let mut race = ByHand::new(race(streams));
    let (mut winner, mut waits) = (None, false);
    let mut hints = Vec::new();
    let mut given = 0;
    let end = (0..members).map(Act::End).chain(core::iter::repeat_n(Act::Poll, acts.len() * 3 + 3));
    for act in acts.iter().copied().chain(end) {
        match act {
            Act::Give(member, count) if !feeds[member].has_ended() => {
                feeds[member].give_all(core::iter::repeat_n(member, count.into()));
                assert!(!waits || feeds[member].is_gone() || race.is_woken(), "a wake is lost");
            }
            Act::End(member) => feeds[member].end(),
            Act::Wake(member) => feeds[member].wake(),
            Act::Give(..) => {}
            Act::Poll => {
                winner = winner.or_else(|| feeds.iter().position(|feed| feed.left() > 0));
                let expected = match winner {
                    Some(winner) if feeds[winner].left() > 0 => Poll::Ready(Some(winner)),
                    Some(winner) if !feeds[winner].has_ended() => Poll::Pending,
                    None if !feeds.iter().all(Feed::has_ended) => Poll::Pending,
                    _ => Poll::Ready(None),
                };
                let left: usize = feeds.iter().map(Feed::left).sum();
                hints.push((given, race.as_mut().size_hint()));
                assert_eq!(race.poll_with(Stream::poll_next), expected);
                waits = expected.is_pending();
                let taken = usize::from(matches!(expected, Poll::Ready(Some(_))));
                given += taken;
                assert_eq!(feeds.iter().map(Feed::left).sum::<usize>(), left - taken);
                if let Some(winner) = winner {
                    assert!((0..members).all(|member| member == winner || feeds[member].is_gone()));
                }
            }
        }
    }
    assert_eq!(race.as_mut().size_hint(), (0, Some(0)));
    for (before, (lower, upper)) in hints {
        let left = given - before;
        assert!(lower <= left && upper.is_none_or(|upper| left <= upper), "{lower} to {upper:?}, but it was {left}");
    }
}

proptest! {
    #![proptest_config(onpar_tests::cases(300))]

    #[test]
    fn the_first_that_gives_an_item_wins_among_a_tuple(acts in acts(3)) {
        check(&acts, 3, |streams| {
            let streams: [Fed<usize>; 3] = streams.try_into().expect("three");
            Box::pin(race_streams(<(_, _, _)>::from(streams)))
        });
    }

    #[test]
    fn the_first_that_gives_an_item_wins_among_few(acts in acts(4)) {
        check(&acts, 4, |streams| Box::pin(race_streams(streams)));
    }

    #[test]
    fn the_first_that_gives_an_item_wins_among_many(acts in acts(70)) {
        check(&acts, 70, |streams| Box::pin(race_streams(streams)));
    }
}

#[test]
fn one_wake_among_many_is_one_poll_of_a_member_and_the_winner_is_polled_alone() {
    let (feeds, streams) = fed(1_000);
    let mut race = ByHand::new(race_streams(streams));
    settle(&mut race);
    feeds[500].wake();
    assert!(race.is_woken());
    assert!(race.poll_with(Stream::poll_next).is_pending());
    assert_eq!(feeds.iter().map(Feed::polls).sum::<usize>(), 1_001);
    feeds[700].give(7);
    assert!(race.is_woken());
    assert_eq!(race.poll_with(Stream::poll_next), Poll::Ready(Some(7)));
    assert!(race.poll_with(Stream::poll_next).is_pending() && !race.is_woken());
    feeds[700].give(8);
    assert!(race.is_woken());
    assert_eq!(race.poll_with(Stream::poll_next), Poll::Ready(Some(8)));
    assert_eq!(feeds.iter().map(Feed::polls).sum::<usize>(), 1_004);
}

#[test]
fn two_streams_by_name_and_a_race_of_none() {
    pollster(async {
        let nobody = core::iter::empty::<char>().into_async_iter();
        assert_eq!(nobody.race("ab".chars().into_async_iter()).collect::<String>().await, "ab");
        let none: Vec<Fed<u8>> = Vec::new();
        assert_eq!(race_streams(none).next().await, None);
    });
}

fn pollster(future: impl Future<Output = ()>) {
    ByHand::new(future).finish();
}
