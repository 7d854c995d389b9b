//! `share`: every reader gets every item, or hears how many it has missed.

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::thread;

use futures::channel::mpsc;
use futures::executor::block_on;
use onpar_iter::share::{DropOldest, Missed, Reader, SlowReaders, Wait};
use onpar_iter::{AsyncIterator as _, AsyncStreamExt as _, Stream, limit};
use onpar_test::ByHand;
use proptest::prelude::*;

use crate::fed::{Fed, Feed};

#[derive(Clone, Copy, Debug)]
enum Act {
    Give(u8),
    Subscribe,
    /// Of the readers that there have been, the one that the number names.
    Clone(usize),
    Drop(usize),
    Poll(usize),
    Wake,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (1..4_u8).prop_map(Act::Give),
        1 => Just(Act::Subscribe),
        1 => any::<usize>().prop_map(Act::Clone),
        1 => any::<usize>().prop_map(Act::Drop),
        8 => any::<usize>().prop_map(Act::Poll),
        1 => Just(Act::Wake),
    ];
    proptest::collection::vec(act, 0..120)
}

/// A reader as the model knows it.
struct Known<P> {
    reader: ByHand<Reader<Fed<u32>, u32, P>>,
    /// What it has to read of what has been taken from the source.
    unread: VecDeque<u32>,
    missed: u64,
    waits: bool,
}

/// What of the source has been taken, and by how much a reader may lag.
struct Model<P> {
    readers: Vec<Known<P>>,
    source: VecDeque<u32>,
    capacity: usize,
    /// Somebody has found that the source has ended.
    ended: bool,
}

impl<P: SlowReaders> Model<P> {
    /// Takes the next item from the source, for all readers.
    fn take(&mut self) {
        let Some(item) = self.source.pop_front() else { return };
        for known in &mut self.readers {
            if known.unread.len() == self.capacity {
                known.unread.pop_front();
                known.missed += 1;
            }
            known.unread.push_back(item);
        }
    }

    /// Whether the slowest reader has read so much that another item may be taken.
    fn has_room(&self) -> bool {
        !P::WAIT || self.readers.iter().all(|known| known.unread.len() < self.capacity)
    }

    /// What the next poll of a reader gives. Where there is no room, nobody asks the source, not even for its end.
    fn poll(&mut self, number: usize, ended: bool) -> Poll<Option<Result<u32, Missed>>> {
        if self.readers[number].unread.is_empty() && self.readers[number].missed == 0 && self.has_room() {
            self.ended |= ended && self.source.is_empty();
            self.take();
        }
        let known = &mut self.readers[number];
        if known.missed > 0 {
            return Poll::Ready(Some(Err(Missed::new(core::mem::take(&mut known.missed)))));
        }
        match known.unread.pop_front() {
            Some(item) => Poll::Ready(Some(Ok(item))),
            None if self.ended => Poll::Ready(None),
            None => Poll::Pending,
        }
    }

    /// Whether a reader would get something.
    fn has_news(&self, number: usize, ended: bool) -> bool {
        let known = &self.readers[number];
        let of_the_source = self.ended || self.has_room() && (!self.source.is_empty() || ended);
        !known.unread.is_empty() || known.missed > 0 || of_the_source
    }
}

/// Does to a shared stream what is said, and compares what each reader gets with the model.
fn check<P: SlowReaders>(acts: &[Act], capacity: usize, policy: P, as_result: fn(P::Item<u32>) -> Result<u32, Missed>) {
    let feed = Feed::new();
    let shared = feed.stream().share(capacity.try_into().expect("not zero"), policy);
    let mut model = Model { readers: Vec::new(), source: VecDeque::new(), capacity, ended: false };
    let mut number = 0;
    let known = |reader| Known { reader: ByHand::new(reader), unread: VecDeque::new(), missed: 0, waits: false };
    let ends = acts.len();
    let all = acts.iter().copied().chain((0..ends * 40).map(Act::Poll));
    for (time, act) in all.enumerate() {
        if time == ends {
            feed.end();
        }
        let readers = model.readers.len();
        match act {
            Act::Give(count) => {
                for _ in 0..count {
                    number += 1;
                    feed.give(number);
                    model.source.push_back(number);
                }
            }
            Act::Wake => feed.wake(),
            Act::Subscribe => model.readers.push(known(shared.subscribe())),
            Act::Clone(which) if readers > 0 => {
                let of = &mut model.readers[which % readers];
                let copy = of.reader.as_mut().clone();
                let copy = Known { unread: of.unread.clone(), missed: of.missed, ..known(copy) };
                model.readers.push(copy);
            }
            Act::Drop(which) if readers > 0 => drop(model.readers.swap_remove(which % readers)),
            Act::Poll(which) if readers > 0 => {
                let which = which % readers;
                let ended = time >= ends;
                let expected = model.poll(which, ended);
                let (left, before) =
                    (model.readers[which].unread.len(), model.readers[which].reader.as_mut().size_hint());
                let found = model.readers[which].reader.poll_with(Stream::poll_next);
                let found = found.map(|item| item.map(as_result));
                assert_eq!(found, expected, "reader {which} at {time}");
                model.readers[which].waits = found.is_pending();
                let all = left + usize::from(matches!(expected, Poll::Ready(Some(_))));
                assert!(before.0 <= all);
                if ended && model.source.is_empty() {
                    assert!(before.1.is_none_or(|upper| all <= upper));
                }
                assert_eq!(feed.left(), model.source.len(), "what was taken from the source");
            }
            Act::Clone(_) | Act::Drop(_) | Act::Poll(_) => {}
        }
        // Whoever waits, and would not have to, has been told.
        for number in 0..model.readers.len() {
            let told = !model.readers[number].waits || model.readers[number].reader.is_woken();
            assert!(told || !model.has_news(number, time >= ends), "reader {number} sleeps at {time}");
        }
    }
    for known in &mut model.readers {
        for _ in 0..3 {
            assert!(matches!(known.reader.poll_with(Stream::poll_next), Poll::Ready(None)));
        }
        assert_eq!(known.reader.as_mut().size_hint(), (0, Some(0)));
    }
    assert_eq!(feed.is_gone(), !model.readers.is_empty() && !acts.is_empty());
    drop(model);
    drop(shared);
    assert!(feed.is_gone());
}

proptest! {
    #![proptest_config(onpar_tests::cases(300))]

    #[test]
    fn readers_that_wait_for_the_slowest_get_every_item_in_order(acts in acts(), capacity in 1..5_usize) {
        check(&acts, capacity, Wait, Ok);
    }

    #[test]
    fn readers_that_do_not_wait_hear_how_many_they_missed(acts in acts(), capacity in 1..5_usize) {
        check(&acts, capacity, DropOldest, |item| item);
    }
}

#[test]
fn the_stream_is_polled_once_for_each_wake_however_many_wait() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(4), Wait);
    let mut readers: Vec<_> = (0..100).map(|_| ByHand::new(shared.subscribe())).collect();
    for reader in &mut readers {
        assert!(reader.poll_with(Stream::poll_next).is_pending());
    }
    assert_eq!(feed.polls(), 1);
    feed.wake();
    for reader in &mut readers {
        assert!(reader.is_woken());
        assert!(reader.poll_with(Stream::poll_next).is_pending());
    }
    assert_eq!(feed.polls(), 2);
    feed.give('a');
    for reader in &mut readers {
        assert_eq!((reader.is_woken(), reader.wakes()), (true, 2));
        assert_eq!(reader.poll_with(Stream::poll_next), Poll::Ready(Some('a')));
    }
    assert_eq!(feed.polls(), 3);
}

#[test]
fn whoever_was_woken_and_does_not_come_keeps_nobody_waiting() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(4), DropOldest);
    let (mut snoozes, mut goes, mut comes) =
        (ByHand::new(shared.subscribe()), ByHand::new(shared.subscribe()), ByHand::new(shared.subscribe()));
    for reader in [&mut snoozes, &mut goes, &mut comes] {
        assert!(reader.poll_with(Stream::poll_next).is_pending());
    }
    feed.give('a');
    assert!(snoozes.is_woken() && goes.is_woken());
    drop(goes);
    assert!(comes.is_woken());
    assert_eq!(comes.poll_with(Stream::poll_next), Poll::Ready(Some(Ok('a'))));
}

#[test]
fn a_stream_that_panics_is_polled_again_by_whoever_comes_next() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(4), Wait);
    let [mut first, mut second] = [(); 2].map(|()| ByHand::new(shared.subscribe()));
    assert!(second.poll_with(Stream::poll_next).is_pending());
    feed.panic();
    feed.give('a');
    assert!(catch_unwind(AssertUnwindSafe(|| first.poll_with(Stream::poll_next))).is_err());
    assert!(second.is_woken());
    assert_eq!(second.poll_with(Stream::poll_next), Poll::Ready(Some('a')));
    assert_eq!(first.poll_with(Stream::poll_next), Poll::Ready(Some('a')));
}

/// Panics at its first clone.
struct Grumpy(core::sync::atomic::AtomicBool);

impl Clone for Grumpy {
    fn clone(&self) -> Self {
        assert!(!self.0.swap(false, core::sync::atomic::Ordering::Relaxed), "told to");
        Self(false.into())
    }
}

#[test]
fn an_item_that_panics_as_it_is_cloned_stays_for_its_reader() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(4), Wait);
    let [mut first, mut second] = [(); 2].map(|()| ByHand::new(shared.subscribe()));
    feed.give(Grumpy(true.into()));
    let poll = |reader: &mut ByHand<Reader<Fed<Grumpy>, Grumpy, Wait>>| {
        catch_unwind(AssertUnwindSafe(|| matches!(reader.poll_with(Stream::poll_next), Poll::Ready(Some(_)))))
    };
    assert!(poll(&mut first).is_err());
    assert_eq!((poll(&mut first).ok(), poll(&mut second).ok()), (Some(true), Some(true)));
}

/// Holds a reader of the stream that it is an item of, from when one is put in.
#[derive(Clone, Default)]
struct Nested(Arc<Mutex<Option<Reader<Fed<Nested>, Nested, Wait>>>>);

#[test]
fn an_item_may_hold_a_reader_of_its_own_stream() {
    let feed = Feed::new();
    let shared = feed.stream().share(limit!(2), Wait);
    let (mut reader, other) = (ByHand::new(shared.subscribe()), shared.subscribe());
    feed.give(Nested::default());
    let Poll::Ready(Some(Nested(nested))) = reader.poll_with(Stream::poll_next) else { panic!("an item was given") };
    // A reader of what comes after the item: one of what is the item itself would keep it alive for ever, as an `Arc` in itself.
    *nested.lock().expect("no panic") = Some(shared.subscribe());
    let alive = Arc::downgrade(&nested);
    drop((nested, reader, shared));
    assert!(alive.upgrade().is_some(), "the other reader has not read the item");
    // The item is dropped with the reader that has not read it, and with the item its reader, which is the last.
    drop(other);
    assert!(alive.upgrade().is_none());
}

#[test]
fn readers_on_many_threads_get_all_that_others_send() {
    const READERS: usize = 4;
    const ITEMS: u64 = 2_000;
    let (sender, receiver) = mpsc::unbounded();
    let shared = receiver.share(limit!(8), Wait);
    let waiting =
        (0..READERS).map(|_| shared.subscribe()).map(|reader| thread::spawn(move || block_on(reader.sum::<u64>())));
    let waiting: Vec<_> = waiting.collect();
    let senders: Vec<_> = (0..2)
        .map(|_| {
            let sender = sender.clone();
            thread::spawn(move || (0..ITEMS).for_each(|n| sender.unbounded_send(n).expect("somebody listens")))
        })
        .collect();
    drop(sender);
    for sender in senders {
        sender.join().expect("no panic");
    }
    for reader in waiting {
        assert_eq!(reader.join().expect("no panic"), ITEMS * (ITEMS - 1));
    }
}

#[test]
fn fast_and_slow_readers_on_many_threads_account_for_all_items() {
    const ITEMS: u64 = 3_000;
    let (sender, receiver) = mpsc::unbounded();
    let shared = receiver.share(limit!(4), DropOldest);
    let count = |mut reader: Reader<mpsc::UnboundedReceiver<u64>, u64, DropOldest>| {
        thread::spawn(move || {
            block_on(async {
                let mut all = 0;
                while let Some(item) = reader.next().await {
                    all += item.map_or_else(Missed::count, |_: u64| 1);
                }
                all
            })
        })
    };
    let readers: Vec<_> = (0..3).map(|_| count(shared.subscribe())).collect();
    for n in 0..ITEMS {
        sender.unbounded_send(n).expect("somebody listens");
    }
    drop(sender);
    for reader in readers {
        assert_eq!(reader.join().expect("no panic"), ITEMS);
    }
}
