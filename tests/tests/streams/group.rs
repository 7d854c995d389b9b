//! `Group`: members that come and go.

use alloc::collections::BTreeMap;
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use std::panic::catch_unwind;

use onpar_iter::together::{Group, Key, Keyed};
use onpar_iter::{AsyncIterator as _, IntoAsyncIterator, Stream};
use onpar_test::ByHand;
use proptest::prelude::*;

use crate::fed::{Fed, Feed, fed, settle};

#[derive(Clone, Copy, Debug)]
enum Act {
    Insert,
    /// Those that number these name, of the members that there have been.
    Remove(usize),
    Give(usize),
    End(usize),
    Poll,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        2 => Just(Act::Insert),
        1 => any::<usize>().prop_map(Act::Remove),
        3 => any::<usize>().prop_map(Act::Give),
        1 => any::<usize>().prop_map(Act::End),
        4 => Just(Act::Poll),
    ];
    proptest::collection::vec(act, 0..100)
}

/// What a model knows of a group: who is in it.
#[derive(Default)]
struct Model {
    feeds: Vec<(Key, Feed<u32>)>,
    /// By key, the number of its feed.
    members: BTreeMap<Key, usize>,
    given: u32,
}

impl Model {
    /// A feed that there has been.
    fn any(&self, number: usize) -> Option<&(Key, Feed<u32>)> {
        self.feeds.get(number.checked_rem(self.feeds.len())?)
    }

    fn act(&mut self, act: Act, group: &mut ByHand<Keyed<Fed<u32>>>, waits: &mut bool) {
        match act {
            Act::Insert => {
                let feed = Feed::new();
                let key = group.as_mut().insert(feed.stream());
                assert!(!self.members.contains_key(&key), "two members have one key");
                assert!(!*waits || group.is_woken(), "whoever waits is not told");
                self.members.insert(key, self.feeds.len());
                self.feeds.push((key, feed));
            }
            Act::Remove(number) => {
                let Some((key, feed)) = self.any(number).cloned() else { return };
                let known = self.members.remove(&key).is_some();
                assert_eq!((group.as_mut().remove(key), feed.is_gone()), (known, true));
                assert!(!*waits || !self.members.is_empty() || group.is_woken(), "whoever waits is not told");
            }
            Act::Give(number) => {
                let Some((key, feed)) = self.any(number).cloned() else { return };
                if feed.has_ended() || !self.members.contains_key(&key) {
                    return;
                }
                self.given += 1;
                feed.give(self.given);
                assert!(!*waits || group.is_woken(), "a wake is lost");
            }
            Act::End(number) => {
                let Some((key, feed)) = self.any(number) else { return };
                feed.end();
                assert!(!*waits || !self.members.contains_key(key) || group.is_woken(), "a wake is lost");
            }
            Act::Poll => {
                let left = self.left();
                let hint = group.as_mut().size_hint();
                match group.poll_with(Stream::poll_next) {
                    Poll::Ready(Some((key, _))) => {
                        assert!(self.members.contains_key(&key));
                        assert_eq!(self.left(), left - 1);
                    }
                    Poll::Ready(None) => {
                        assert!(left == 0 && self.members.values().all(|it| self.feeds[*it].1.has_ended()));
                    }
                    Poll::Pending => assert!(left == 0 && !group.is_woken()),
                }
                assert!(hint.0 <= left && hint.1.is_none_or(|upper| left <= upper));
                *waits = left == 0 && self.members.values().any(|it| !self.feeds[*it].1.has_ended());
                // Whoever gave the last item may have ended, and not have been asked yet.
                let over: Vec<Key> =
                    self.feeds.iter().filter(|(_, feed)| feed.is_gone()).map(|(key, _)| *key).collect();
                for key in over {
                    self.members.remove(&key);
                }
            }
        }
        let group = group.as_mut();
        assert_eq!(group.len(), self.members.len());
        assert_eq!(group.is_empty(), self.members.is_empty());
        for (key, _) in &self.feeds {
            assert_eq!(group.contains_key(*key), self.members.contains_key(key));
        }
    }

    /// How many items the members have.
    fn left(&self) -> usize {
        self.members.values().map(|number| self.feeds[*number].1.left()).sum()
    }
}

proptest! {
    #![proptest_config(onpar_tests::cases(400))]

    #[test]
    fn whatever_comes_and_goes_the_items_of_who_is_there_are_given(acts in acts()) {
        let mut group = ByHand::new(Group::new().keyed());
        let (mut model, mut waits) = (Model::default(), false);
        for act in acts {
            model.act(act, &mut group, &mut waits);
        }
        for (_, feed) in &model.feeds {
            feed.end();
        }
        while let Poll::Ready(Some(_)) = group.poll_with(Stream::poll_next) {}
        prop_assert!(group.as_mut().is_empty());
        prop_assert!(model.feeds.iter().all(|(_, feed)| feed.is_gone()));
        for _ in 0..3 {
            prop_assert_eq!(group.poll_with(Stream::poll_next), Poll::Ready(None));
        }
    }
}

#[test]
fn the_members_of_a_group_give_in_rotation() {
    let mut group: Group<_> = [0..3, 10..12, 20..21].map(IntoAsyncIterator::into_async_iter).into_iter().collect();
    ByHand::new(async {
        assert_eq!(group.size_hint(), (6, Some(6)));
        assert_eq!(group.by_ref().collect::<Vec<_>>().await, [0, 10, 20, 1, 11, 2]);
        group.extend([(7..8).into_async_iter()]);
        assert_eq!((group.next().await, group.next().await, group.next().await), (Some(7), None, None));
    })
    .finish();
}

#[test]
fn one_wake_among_many_is_one_poll_of_a_member_also_of_one_that_came_late() {
    let mut group = ByHand::new(Group::new());
    let (feeds, streams) = fed(3_000);
    for (number, stream) in streams.into_iter().enumerate() {
        group.as_mut().insert(stream);
        if number % 100 == 0 {
            settle(&mut group);
        }
    }
    settle(&mut group);
    assert_eq!(feeds.iter().map(Feed::polls).sum::<usize>(), 3_000);
    for member in [0, 1_234, 2_999] {
        feeds[member].give(member);
        assert!(group.is_woken());
        assert_eq!(group.poll_with(Stream::poll_next), Poll::Ready(Some(member)));
        assert!(group.poll_with(Stream::poll_next).is_pending() && !group.is_woken());
    }
    assert_eq!(feeds.iter().map(Feed::polls).sum::<usize>(), 3_000 + 2 * 3);
}

#[test]
fn whoever_waits_for_an_item_is_woken_by_an_insertion() {
    let mut group = ByHand::new(Group::new());
    group.as_mut().insert(Feed::new().stream());
    assert!(group.poll_with(Stream::poll_next).is_pending() && !group.is_woken());
    let feed = Feed::new();
    feed.give('a');
    let key = group.as_mut().insert(feed.stream());
    assert!(group.is_woken());
    assert_eq!(group.poll_with(Stream::poll_next), Poll::Ready(Some('a')));
    assert!(group.poll_with(Stream::poll_next).is_pending());
    // What is changed is polled, though nobody has woken it.
    let polls = feed.polls();
    assert!(group.as_mut().member_mut(key).is_some() && group.is_woken());
    assert!(group.poll_with(Stream::poll_next).is_pending());
    assert_eq!(feed.polls(), polls + 1);
}

#[test]
fn whoever_panics_is_polled_again_in_its_turn_or_can_be_removed() {
    let (feeds, streams) = fed(3);
    let mut group = ByHand::new(Group::new());
    let keys: Vec<Key> = streams.into_iter().map(|stream| group.as_mut().insert(stream)).collect();
    feeds[0].panic();
    feeds[0].give(0);
    feeds[1].give(1);
    assert!(catch_unwind(AssertUnwindSafe(|| group.poll_with(Stream::poll_next))).is_err());
    for item in [1, 0] {
        assert_eq!(group.poll_with(Stream::poll_next), Poll::Ready(Some(item)));
    }
    feeds[2].panic();
    assert!(catch_unwind(AssertUnwindSafe(|| group.poll_with(Stream::poll_next))).is_err());
    assert!(group.as_mut().remove(keys[2]) && feeds[2].is_gone());
    assert!(group.poll_with(Stream::poll_next).is_pending());
}

/// A stream whose end panics: as it is dropped.
struct PanicsAtDrop;

impl Drop for PanicsAtDrop {
    fn drop(&mut self) {
        panic!("told to");
    }
}

impl Stream for PanicsAtDrop {
    type Item = ();

    fn poll_next(self: core::pin::Pin<&mut Self>, _: &mut core::task::Context<'_>) -> Poll<Option<()>> {
        Poll::Ready(None)
    }
}

#[test]
fn a_member_that_panics_as_it_is_dropped_has_gone() {
    let mut group = ByHand::new(Group::new());
    let key = group.as_mut().insert(PanicsAtDrop);
    assert!(catch_unwind(AssertUnwindSafe(|| group.poll_with(Stream::poll_next))).is_err());
    assert_eq!(group.poll_with(Stream::poll_next), Poll::Ready(None));
    assert!(!group.as_mut().contains_key(key));
    let key = group.as_mut().insert(PanicsAtDrop);
    assert!(catch_unwind(AssertUnwindSafe(|| group.as_mut().remove(key))).is_err());
    assert!(group.as_mut().is_empty());
    assert_eq!(group.poll_with(Stream::poll_next), Poll::Ready(None));
}
